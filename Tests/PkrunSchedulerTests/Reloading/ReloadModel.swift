internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport

/// What has to become of every job of a manifest that changes again and again, slow and obvious.
///
/// That is certain in a world of tasks that do what their plans say, where no failure stops the run and no task is
/// needed for its start alone: who has begun since his lines were last changed ends as they say, and who has not is
/// looked at as in a run of the last manifest alone.
struct ReloadModel {
    private enum Fate { case succeeded, failed, skipped, notNeeded }

    private var generator: SeededGenerator
    /// By number, which is also what its dependencies are told by; nothing depends on a greater number.
    private var manifest: [Int: JobPlan] = [:]
    /// What was written of jobs that are gone, some of which come back as they were.
    private var attic: [Int: JobPlan] = [:]
    private var plan: Plan
    private var scheduler: Scheduler
    /// The numbers of jobs that have begun since their lines were last changed.
    private var begun: Set<Int> = []
    private var fates: [Int: Fate] = [:]
    private var pending: [SchedulerInput] = []
    private var outcome: RunOutcome?
    private(set) var history: [String] = []

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        plan = .of([])
        scheduler = Scheduler(plan: plan)
        for _ in 0..<10 { manifest = variant() }
        plan = written
        scheduler = Scheduler(plan: plan)
    }

    /// - Returns: where the scheduler sees it otherwise.
    mutating func run() -> [String] {
        var reloads = 0
        feed(.begin)
        while let place = pending.indices.randomElement(using: &generator) {
            if reloads < 5, generator.chance(10) {
                reloads += 1
                reload()
            } else {
                feed(pending.remove(at: place))
            }
        }
        return disagreements
    }

    // MARK: The manifest

    private mutating func variant() -> [Int: JobPlan] {
        var manifest = manifest
        for number in (0..<12).shuffled(using: &generator).prefix(2) {
            switch (manifest[number], generator.chance(30)) {
            case (let old?, true):
                attic[number] = old
                manifest[number] = nil
            case (_?, false) where generator.chance(50): manifest[number]?.arguments = arguments()
            case (nil, _) where generator.chance(50): manifest[number] = attic[number] ?? job(number)
            case (_, _): manifest[number] = job(number)
            }
        }
        let numbers = manifest.keys
        return manifest.mapValues { job in
            var job = job
            job.dependencies.removeAll { !numbers.contains($0.job.index) }
            return job
        }
    }

    private mutating func job(_ number: Int) -> JobPlan {
        var job = JobPlan.task("\(number)", isOptional: generator.chance(30))
        job.arguments = arguments()
        job.locks = ["a", "b"].filter { _ in generator.chance(20) }
        if generator.chance(10) { job.onlyIf = .never }
        if generator.chance(20) { job.retry = RetryPolicy(maximum: 2) }
        job.dependencies = (0..<number).shuffled(using: &generator).prefix(3).map { dependency in
            let conditions: [DependencyCondition] = [.succeeded, .succeeded, .completed, .failed]
            let condition = conditions.randomElement(using: &generator) ?? .succeeded
            return .on(dependency, condition, isRequired: !generator.chance(25))
        }
        return job
    }

    /// How it exits.
    private mutating func arguments() -> [String] { [generator.chance(60) ? "0" : "1"] }

    private var written: Plan {
        let jobs = manifest.sorted { $0.key < $1.key }
        let places = Dictionary(uniqueKeysWithValues: zip(jobs.map(\.key), jobs.indices.map { JobID($0) }))
        let planned = jobs.map { _, job in
            var job = job
            for (edge, dependency) in job.dependencies.enumerated() {
                job.dependencies[edge].job = places[dependency.job.index] ?? dependency.job
            }
            return job
        }
        return .of(planned, concurrency: 2, onFailure: .continue)
    }

    // MARK: The world

    private mutating func reload() {
        let before = manifest
        manifest = variant()
        guard let next = try? plan.continued(as: written) else { return }
        plan = next
        for number in 0..<12 where before[number] != manifest[number] { begun.remove(number) }
        history.append("\(plan.account)\nwithout \(plan.retired)")
        feed(.reload(plan, path: "jobs.yaml"))
    }

    private mutating func feed(_ input: SchedulerInput) {
        if case .reload = input {} else { history.append("\(input)") }
        if case .started(let job) = input {
            let code = Int32(plan.jobs[job.index].arguments[0]) ?? 0
            pending.append(.ended(job, AttemptEnding(status: .exited(code))))
        }
        for action in scheduler.handle(input) {
            if case .report(.runReloaded) = action { continue }
            history.append("    \(action)")
            switch action {
            case .start(let job, attempt: _, asks: _):
                begun.insert(number(of: job))
                pending.append(.started(job))
            case .arm(let timer, after: _): pending.append(.timer(timer))
            case .disarm(let timer): pending.removeAll { $0 == .timer(timer) }
            case .report(.jobFinished(let job, let outcome)):
                fates[number(of: job)] = Self.fate(outcome)
                if case .stopped = outcome { begun.remove(number(of: job)) }
            // Should it be needed again, it begins anew, also when that turns out before it has ended.
            case .stop(let job): begun.remove(number(of: job))
            case .finish(let outcome): self.outcome = outcome
            case .kill, .signal, .report: break
            }
        }
    }

    private func number(of job: JobID) -> Int { Int(plan.jobs[job.index].name) ?? 0 }

    private static func fate(_ outcome: JobOutcome) -> Fate {
        switch outcome {
        case .succeeded: .succeeded
        case .failed: .failed
        case .stopped, .skipped(.notNeeded): .notNeeded
        case .skipped: .skipped
        }
    }

    // MARK: Judging

    private var disagreements: [String] {
        guard let outcome else { return ["does not end"] }
        let expected = expected
        var found: [String] = []
        for number in manifest.keys.sorted() where fates[number] != expected[number] {
            let isLeftOut = fates[number] == .notNeeded && isDispensable(number, expected)
            if !isLeftOut { found.append("\(number) is \(told(fates[number])), not \(told(expected[number]))") }
        }
        let required = manifest.keys.sorted().filter { manifest[$0]?.isOptional == false }
        let (failed, toldFailed) = (required.filter { fates[$0] == .failed }, outcome.failed.map(number).sorted())
        if toldFailed != failed { found.append("failed are \(toldFailed), not \(failed)") }
        // What may be needed or not may have been reached or not.
        guard !manifest.keys.contains(where: { fates[$0] == .notNeeded }) else { return found }
        let unreached = required.filter { isUnreached($0) }
        let toldUnreached = outcome.unreached.map(number).sorted()
        if toldUnreached != unreached { found.append("unreached are \(toldUnreached), not \(unreached)") }
        let exitCode: Int32 = failed.isEmpty && unreached.isEmpty ? 0 : 1
        if outcome.exitCode != exitCode { found.append("exit code \(outcome.exitCode), not \(exitCode)") }
        return found
    }

    private func told(_ fate: Fate?) -> String { fate.map { "\($0)" } ?? "without an end" }

    private var expected: [Int: Fate] {
        var fates: [Int: Fate] = [:]
        for (number, job) in manifest.sorted(by: { $0.key < $1.key }) {
            let isLost = !lost(job, fates).isEmpty
            fates[number] =
                if begun.contains(number) || job.onlyIf == nil && !isLost {
                    job.arguments == ["0"] ? .succeeded : .failed
                } else {
                    .skipped
                }
        }
        return fates
    }

    /// Those that it cannot do without and that are not as they should be.
    private func lost(_ job: JobPlan, _ fates: [Int: Fate]) -> [Dependency] {
        job.dependencies.filter { dependency in
            switch (dependency.condition, fates[dependency.job.index]) {
            case _ where !dependency.isRequired: false
            case (.succeeded, .succeeded), (.failed, .failed), (.completed, .succeeded), (.completed, .failed): false
            default: true
            }
        }
    }

    /// It is no goal, and whoever depends on it has begun without what it is now, or is skipped for something else:
    /// then it is needed or not, as it happens.
    private func isDispensable(_ number: Int, _ expected: [Int: Fate]) -> Bool {
        let dependents = manifest.filter { $0.value.dependencies.contains { $0.job.index == number } }
        return !dependents.isEmpty
            && dependents.allSatisfy { other, job in
                begun.contains(other) || job.onlyIf != nil || isDispensable(other, expected)
                    || lost(job, expected).contains { $0.job.index != number }
            }
    }

    /// Skipped for want of something, and not because a failure did not come or an `if` did not hold.
    private func isUnreached(_ number: Int) -> Bool {
        guard fates[number] == .skipped, let job = manifest[number], job.onlyIf == nil else { return false }
        return lost(job, fates).contains { dependency in
            switch fates[dependency.job.index] {
            case .failed: true
            case .succeeded: dependency.condition != .failed
            case .skipped, .notNeeded, nil: isUnreached(dependency.job.index)
            }
        }
    }
}
