internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// The semantics once more, slow and obvious: what has to become of every job, whatever the order of events.
///
/// That is certain in a world without services, clocks and signals, where no failure stops the run and no task is
/// needed for its start alone. What remains is most of what tasks can say: conditions, `required`, `if`, `retry`,
/// `restart`, `locks`, `concurrency`, `optional`, `finally`.
package struct OutcomeModel {
    package enum Outcome: Equatable, Sendable {
        case succeeded, failed, skipped
    }

    /// By job: how its attempts end, the last one for ever.
    private let scripts: [[Int32]]
    /// By job: whether its `if` command declines.
    private let declines: [Bool]
    private let plan: Plan
    private let order: [Int]

    /// A random plan of this world, and how its processes behave.
    package init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...12, using: &generator)
        let order = Array(0..<count).shuffled(using: &generator)
        let ordinary = generator.chance(30) ? Int.random(in: 0...count, using: &generator) : count
        var jobs = (0..<count).map { JobPlan.task("job\($0)") }
        for (rank, job) in order.enumerated() {
            jobs[job].isFinally = rank >= ordinary
            jobs[job].isOptional = generator.chance(30)
            jobs[job].locks = ["a", "b"].filter { _ in generator.chance(20) }
            if generator.chance(20) { jobs[job].onlyIf = generator.chance(30) ? .never : .command(["true"]) }
            if generator.chance(30) {
                jobs[job].retry = RetryPolicy(
                    maximum: Int.random(in: 1...3, using: &generator),
                    triggers: generator.chance(50) ? nil : RetryPolicy.Triggers(exitCodes: [3])
                )
            } else if generator.chance(30) {
                jobs[job].restart = RestartPolicy(condition: .onFailure, maximum: 2, backoff: .milliseconds(1))
            }
            let earlier = rank < ordinary ? order[..<rank] : order[ordinary..<rank]
            jobs[job].dependencies = earlier.shuffled(using: &generator).prefix(3).map { dependency in
                let conditions: [DependencyCondition] = [.succeeded, .succeeded, .completed, .failed]
                return .on(
                    dependency,
                    conditions.randomElement(using: &generator) ?? .succeeded,
                    isRequired: !generator.chance(25)
                )
            }
        }
        scripts = jobs.map { _ in (0..<4).map { _ in [0, 0, 1, 3].randomElement(using: &generator) ?? 0 } }
        declines = jobs.map { _ in generator.chance(30) }
        plan = .of(jobs, concurrency: generator.chance(50) ? 2 : nil, onFailure: .continue)
        self.order = order
    }

    /// What has to become of the jobs, and the exit code.
    package func expected() -> (outcomes: [Outcome], exitCode: Int32) {
        var outcomes = Array(repeating: Outcome.skipped, count: plan.jobs.count)
        // Skipped for want of something, and not because a failure did not come or an `if` did not hold.
        var isUnreached = Array(repeating: false, count: plan.jobs.count)
        for index in order {
            let job = plan.jobs[index]
            if job.onlyIf == .never { continue }
            let lost = job.dependencies.filter { $0.isRequired && !Self.isMet($0.condition, outcomes[$0.job.index]) }
            if lost.isEmpty {
                if case .command = job.onlyIf, declines[index] { continue }
                outcomes[index] = run(index)
            } else {
                isUnreached[index] = lost.contains { dependency in
                    switch outcomes[dependency.job.index] {
                    case .skipped: isUnreached[dependency.job.index]
                    case .failed: true
                    case .succeeded: dependency.condition != .failed
                    }
                }
            }
        }
        let isBad = plan.jobs.indices.contains { index in
            !plan.jobs[index].isOptional && (outcomes[index] == .failed || isUnreached[index])
        }
        return (outcomes, isBad ? 1 : 0)
    }

    private static func isMet(_ condition: DependencyCondition, _ outcome: Outcome) -> Bool {
        switch condition {
        case .succeeded: outcome == .succeeded
        case .failed: outcome == .failed
        case .completed: outcome != .skipped
        case .started, .ready, .healthy: false
        }
    }

    private func run(_ index: Int) -> Outcome {
        let job = plan.jobs[index]
        for (attempt, code) in scripts[index].enumerated() {
            if code == 0 { return .succeeded }
            let calls = job.retry.triggers.map { $0.exitCodes.contains(code) } ?? true
            let goesOn =
                job.retry.maximum > 0
                ? calls && attempt < job.retry.maximum
                : job.restart.condition == .onFailure && attempt < job.restart.maximum ?? 0
            if !goesOn { return .failed }
        }
        return .failed
    }

    /// What the scheduler makes of it, with chance deciding what happens first.
    package func observed(seed: UInt64) -> (outcomes: [Outcome], exitCode: Int32) {
        var generator = SeededGenerator(seed: seed)
        var scheduler = Scheduler(plan: plan)
        var outcomes = Array(repeating: Outcome.skipped, count: plan.jobs.count)
        var exitCode: Int32 = -1
        var pending: [SchedulerInput] = [.begin]
        var attempts: [JobID: Int] = [:]
        while let place = pending.indices.randomElement(using: &generator) {
            let input = pending.remove(at: place)
            if case .started(let job) = input {
                let code = scripts[job.index][min(attempts[job, default: 1], 4) - 1]
                pending.append(.ended(job, AttemptEnding(status: .exited(code))))
            }
            for action in scheduler.handle(input) {
                switch action {
                case .start(let job, let attempt, let asks):
                    attempts[job] = attempt
                    pending.append(asks && declines[job.index] ? .declined(job) : .started(job))
                case .arm(let timer, after: _): pending.append(.timer(timer))
                case .report(.jobFinished(let job, .succeeded)): outcomes[job.index] = .succeeded
                case .report(.jobFinished(let job, .failed)): outcomes[job.index] = .failed
                case .finish(let outcome): exitCode = outcome.exitCode
                case .stop, .kill, .signal, .disarm, .report: break
                }
            }
        }
        return (outcomes, exitCode)
    }
}
