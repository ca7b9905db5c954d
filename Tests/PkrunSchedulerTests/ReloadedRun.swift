internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport

/// A run whose plan changes at random, in a world without clocks: whatever can happen next may happen next.
struct ReloadedRun {
    private(set) var history: [String] = []
    private var generator: SeededGenerator
    private var scheduler: Scheduler
    /// With the jobs of all plans so far; `written` is the manifest as it stands.
    private var plan: Plan
    private var written: Plan
    private var jobs: [Progress]
    private var timers: Set<SchedulerTimer> = []
    private var violations: [String] = []
    private var interrupts = 0
    private var isFinished = false

    private struct Progress {
        var state = State.idle
        var attempt = 0
        var isReady = false
        var locks: [String] = []
        /// A restart was announced, which asks for no conditions.
        var isPausing = false
        var outcome: JobOutcome?

        enum State { case idle, starting, alive, stopping }
    }

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        written = Plan.random(using: &generator)
        while written.jobs.count > 15 { written = Plan.random(using: &generator) }
        written.timeout = nil
        plan = written
        scheduler = Scheduler(plan: plan)
        jobs = plan.jobs.map { _ in Progress() }
    }

    /// - Returns: the rules that were broken.
    mutating func run() -> [String] {
        feed(.begin)
        var steps = 0
        while !isFinished, violations.isEmpty {
            steps += 1
            guard steps < 5000 else { return ["does not end"] }
            let isLate = steps > 150
            if !isLate, generator.chance(6) {
                reload()
            } else if let input = possibleInputs().randomElement(using: &generator), !isLate || generator.chance(95) {
                happen(input)
            } else if !isLate, possibleInputs().isEmpty, jobs.allSatisfy({ $0.state == .idle }), !isResting {
                violations.append("nothing runs, nothing will, and the run is not finished")
            } else {
                interrupts += 1
                guard interrupts < 3 || !possibleInputs().isEmpty else { return ["hangs"] }
                feed(.interrupt(.int))
            }
        }
        return violations
    }

    private var isResting = false

    private func possibleInputs() -> [SchedulerInput] {
        var inputs = timers.sorted { "\($0)" < "\($1)" }.map { timer -> SchedulerInput in
            if case .idle(let job) = timer { .quiet(job, for: plan[job].idleTimeout ?? .zero) } else { .timer(timer) }
        }
        for (index, progress) in jobs.enumerated() {
            let job = JobID(index)
            switch progress.state {
            case .idle: break
            case .starting:
                inputs += [.started(job), .started(job), .started(job), .startFailed(job, Self.failure)]
                if progress.attempt == 1, case .command = plan[job].onlyIf { inputs.append(.declined(job)) }
            case .alive:
                inputs += [Int32(0), 1].map { .ended(job, AttemptEnding(status: .exited($0))) }
                if !plan[job].readiness.probes.isEmpty, !progress.isReady {
                    inputs += [.ready(job, after: .zero), .ready(job, after: .zero), .probeFailed(job, times: 2)]
                }
                if plan[job].health != nil { inputs += [.healthy(job), .unhealthy(job, [])] }
                if plan[job].watch != nil { inputs.append(.changed(job, path: "file")) }
            case .stopping:
                inputs += [.ended(job, AttemptEnding(status: .signaled(.term)))]
            }
        }
        return inputs
    }

    private static let failure = StartFailure(step: "execute", subject: "x", errorNumber: 2, message: "No such file")

    private mutating func happen(_ input: SchedulerInput) {
        switch input {
        case .started(let job):
            jobs[job.index].state = .alive
            jobs[job.index].isReady = plan[job].readiness.probes.isEmpty
        case .startFailed(let job, _): leave(job)
        case .declined(let job):
            leave(job)
            jobs[job.index].attempt -= 1
        case .ended(let job, _): leave(job)
        case .ready(let job, after: _): jobs[job.index].isReady = true
        case .timer(let timer): timers.remove(timer)
        case .quiet(let job, for: _): timers.remove(.idle(job))
        default: break
        }
        feed(input)
    }

    private mutating func leave(_ job: JobID) {
        jobs[job.index].state = .idle
        jobs[job.index].isReady = false
        jobs[job.index].locks = []
    }

    // MARK: Reloading

    private mutating func reload() {
        let before = jobs
        let old = plan
        let new = variant()
        guard scheduler.takesPlans, let next = try? old.continued(as: new) else { return }
        written = new
        plan = next
        jobs += (jobs.count..<next.jobs.count).map { _ in Progress() }
        feed(.reload(next, path: "jobs.yaml"))
        for (index, progress) in before.enumerated() where progress.state == .alive {
            let job = JobID(index)
            guard !next.retired.contains(job), old[job] != next[job] else { continue }
            demand(jobs[index].state == .stopping, "\(next[job].name) has changed and goes on")
        }
    }

    /// The manifest after somebody has worked on it.
    private mutating func variant() -> Plan {
        var jobs = written.jobs
        for index in jobs.indices where generator.chance(20) {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: jobs[index].arguments.append("more")
            case 1: jobs[index].isOptional.toggle()
            case 2: jobs[index].locks = generator.chance(50) ? ["a"] : []
            case 3: if !jobs[index].dependencies.isEmpty { jobs[index].dependencies.removeLast() }
            case 4: jobs[index].onlyIf = generator.chance(30) ? .never : nil
            default:
                jobs[index].kind = jobs[index].kind == .task && !jobs[index].isFinally ? .service : .task
                jobs[index].readiness = Readiness()
            }
        }
        if generator.chance(40) {
            let name = "job\(Int.random(in: 0..<25, using: &generator))"
            if !jobs.contains(where: { $0.name == name }) {
                let place = Int.random(in: 0..<(jobs.count + 1), using: &generator)
                let hasNeed = place < jobs.count && !jobs[place].isFinally
                jobs.append(.task(name, after: hasNeed ? [.on(place, .started)] : []))
            }
        }
        if generator.chance(40), jobs.count > 1 {
            remove(Int.random(in: 0..<jobs.count, using: &generator), from: &jobs)
        }
        let concurrency =
            generator.chance(80) ? written.concurrency : [nil, 1, 2].randomElement(using: &generator) ?? nil
        return .of(jobs, concurrency: concurrency, onFailure: written.onFailure)
    }

    private func remove(_ index: Int, from jobs: inout [JobPlan]) {
        jobs.remove(at: index)
        for other in jobs.indices {
            jobs[other].dependencies.removeAll { $0.job.index == index }
            for edge in jobs[other].dependencies.indices where jobs[other].dependencies[edge].job.index > index {
                jobs[other].dependencies[edge].job = JobID(jobs[other].dependencies[edge].job.index - 1)
            }
        }
    }

    // MARK: Judging

    private mutating func feed(_ input: SchedulerInput) {
        if case .reload(let plan, _) = input {
            let jobs = plan.jobs.map { "\($0.name) \($0.kind) \($0.dependencies)" }
            history.append("reload \(jobs) without \(plan.retired)")
        } else {
            history.append("\(input)")
        }
        let isReload = if case .reload = input { true } else { false }
        for action in scheduler.handle(input) {
            if case .report(.runReloaded) = action { continue }
            history.append("    \(action)")
            demand(!isFinished, "something after the finish")
            judge(action, isReload: isReload)
        }
    }

    private mutating func judge(_ action: SchedulerAction, isReload: Bool) {
        switch action {
        case .start(let job, let attempt): judgeStart(job, attempt)
        case .stop(let job), .kill(let job):
            demand(
                [.alive, .stopping].contains(jobs[job.index].state),
                "\(plan[job].name) is stopped, but does not run"
            )
            jobs[job.index].state = .stopping
        case .arm(let timer, after: _):
            let isNew = timers.insert(timer).inserted
            demand(isNew, "\(timer) armed twice")
        case .disarm(let timer):
            let wasArmed = timers.remove(timer) != nil
            demand(wasArmed, "\(timer) disarmed but not armed")
        case .report(.jobStopping(let job, attempt: _, let reason)) where isReload:
            switch reason {
            case .changed, .notNeeded, .dependencyRestarts: break
            // Nothing can mend that failure any more.
            case .run(.failed(let other)) where jobs[other.index].state == .idle: break
            default: violations.append("\(plan[job].name) is stopped by a reload: \(reason)")
            }
        case .report(.jobRestarting(let job, restart: _, after: _)): jobs[job.index].isPausing = true
        case .report(.jobResting(let job, let outcome)):
            jobs[job.index].outcome = outcome
            isResting = true
        case .report(.jobFinished(let job, let outcome)):
            demand(jobs[job.index].state == .idle, "\(plan[job].name) is finished, but runs")
            jobs[job.index].outcome = outcome
        case .finish:
            isFinished = true
            for (index, progress) in jobs.enumerated() {
                demand(progress.state == .idle && progress.outcome != nil, "\(plan.jobs[index].name) is not finished")
            }
            demand(timers.isEmpty, "timers left: \(timers)")
        case .signal, .report: break
        }
    }

    private mutating func judgeStart(_ job: JobID, _ attempt: Int) {
        let name = plan[job].name
        demand(jobs[job.index].state == .idle, "two incarnations of \(name)")
        demand(!plan.retired.contains(job), "\(name) is gone and started")
        demand(attempt == jobs[job.index].attempt + 1, "\(name) skipped an attempt")
        for (index, other) in jobs.enumerated() where index != job.index && other.state != .idle {
            demand(Set(other.locks).isDisjoint(with: plan[job].locks), "\(name) started, but \(index) has its lock")
        }
        if let limit = plan.concurrency, plan[job].kind == .task {
            let running = jobs.indices.count { jobs[$0].state != .idle && plan.jobs[$0].kind == .task }
            demand(running < limit, "\(name) started, but \(running) tasks run already")
        }
        if !jobs[job.index].isPausing {
            for dependency in plan[job].dependencies where dependency.isRequired {
                demand(mayHold(dependency), "\(name) started before \(dependency)")
            }
        }
        jobs[job.index].state = .starting
        jobs[job.index].attempt = attempt
        jobs[job.index].isPausing = false
        jobs[job.index].locks = plan[job].locks
        jobs[job.index].outcome = nil
    }

    private func mayHold(_ dependency: Dependency) -> Bool {
        let progress = jobs[dependency.job.index]
        return switch dependency.condition {
        case .started: progress.state == .alive || progress.outcome != nil
        case .ready: progress.state == .alive && progress.isReady
        case .healthy: progress.state == .alive
        case .succeeded: progress.state == .idle && progress.outcome == .succeeded
        case .completed, .failed: progress.state == .idle && progress.outcome != nil
        }
    }

    private mutating func demand(_ isTrue: Bool, _ message: String) {
        if !isTrue { violations.append(message) }
    }
}
