internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport

/// A run whose manifest changes at random, in a world without clocks: whatever can happen next may happen next. A model
/// says after each step what has to come of it.
struct ReloadedRun {
    private(set) var history: [String] = []
    private var generator: SeededGenerator
    private var manifest: ChangingManifest
    private var scheduler: Scheduler
    private var model: RunModel
    /// With the jobs of all manifests so far.
    private var plan: Plan
    private var attempts: [State]
    private var timers: Set<SchedulerTimer> = []
    private var violations: [String] = []
    private var isFinished = false

    private enum State: Equatable {
        case none, starting(asks: Bool), alive(isReady: Bool), stopping

        var isAlive: Bool {
            switch self {
            case .alive, .stopping: true
            case .none, .starting: false
            }
        }
    }

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        manifest = ChangingManifest(using: &generator)
        plan = manifest.written
        scheduler = Scheduler(plan: plan)
        model = RunModel(plan: plan)
        attempts = plan.jobs.map { _ in .none }
        history.append(plan.account)
    }

    /// - Returns: the rules that were broken.
    mutating func run() -> [String] {
        feed(.begin)
        var step = 0
        while !isFinished, violations.isEmpty {
            step += 1
            guard step < 5000 else { return ["does not end"] }
            let isLate = step > 150
            if !isLate, generator.chance(6) {
                reload()
            } else if isLate ? generator.chance(5) : generator.chance(1) && generator.chance(30) {
                feed(generator.chance(10) ? .fault("full") : .interrupt(.int))
            } else if let input = possibleInputs().randomElement(using: &generator) {
                happen(input)
            } else {
                let mayGoOn = attempts.contains { $0 != .none } || !model.resting.isEmpty
                if !mayGoOn { violations.append("nothing runs, nothing will, and the run is not finished") }
                feed(.interrupt(.int))
            }
        }
        return violations
    }

    // MARK: The world

    private func possibleInputs() -> [SchedulerInput] {
        var inputs = timers.sorted { "\($0)" < "\($1)" }.map { timer -> SchedulerInput in
            if case .idle(let job) = timer { .quiet(job, for: plan[job].idleTimeout ?? .zero) } else { .timer(timer) }
        }
        for (index, state) in attempts.enumerated() {
            let job = JobID(index)
            switch state {
            case .none: break
            case .starting(let asks):
                inputs += [.started(job), .started(job), .started(job), .startFailed(job, Self.failure)]
                if asks { inputs.append(.declined(job)) }
            case .alive(let isReady):
                inputs += [.exited(0), .exited(1), .signaled(.kill)].map { .ended(job, AttemptEnding(status: $0)) }
                if !plan[job].readiness.probes.isEmpty, !isReady {
                    inputs += [.ready(job, after: .zero), .ready(job, after: .zero), .probeFailed(job, times: 2)]
                }
                if plan[job].health != nil { inputs += [.healthy(job), .unhealthy(job, [])] }
                if plan[job].watch != nil { inputs.append(.changed(job, path: "file")) }
            case .stopping:
                inputs.append(.ended(job, AttemptEnding(status: .signaled(.term))))
                if plan[job].watch != nil { inputs.append(.changed(job, path: "file")) }
            }
        }
        return inputs
    }

    private static let failure = StartFailure(step: "execute", subject: "x", errorNumber: 2, message: "No such file")

    private mutating func happen(_ input: SchedulerInput) {
        var input = input
        switch input {
        case .started(let job): attempts[job.index] = .alive(isReady: plan[job].readiness.probes.isEmpty)
        case .startFailed(let job, _), .declined(let job): attempts[job.index] = .none
        case .ended(let job, var ending):
            attempts[job.index] = .none
            if generator.chance(2) { ending.receipt.survivors = 1 }
            input = .ended(job, ending)
        case .ready(let job, after: _): attempts[job.index] = .alive(isReady: true)
        case .timer(let timer): timers.remove(timer)
        case .quiet(let job, for: _): timers.remove(.idle(job))
        default: break
        }
        feed(input)
    }

    private mutating func reload() {
        manifest.change(using: &generator)
        guard scheduler.takesPlans, let next = try? plan.continued(as: manifest.written) else { return }
        plan = next
        attempts += (attempts.count..<next.jobs.count).map { _ in .none }
        history.append("\(plan.account)\nwithout \(plan.retired)")
        feed(.reload(next, path: "jobs.yaml"))
    }

    // MARK: Judging

    private mutating func feed(_ input: SchedulerInput) {
        if case .reload = input {} else { history.append("\(input)") }
        let actions = scheduler.handle(input)
        for action in actions {
            if case .report(.runReloaded) = action { continue }
            history.append("    \(action)")
            carryOut(action)
        }
        let (seen, expected) = (Set(actions.compactMap { RunDeed($0) }), model.take(input))
        for deed in seen.subtracting(expected) { violations.append("not expected: \(deed)") }
        for deed in expected.subtracting(seen) { violations.append("missing: \(deed)") }
    }

    private mutating func carryOut(_ action: SchedulerAction) {
        switch action {
        case .start(let job, attempt: _, let asks):
            demand(attempts[job.index] == .none, "two incarnations of \(plan[job].name)")
            demand(!plan.retired.contains(job), "\(plan[job].name) is gone and started")
            attempts[job.index] = .starting(asks: asks)
        case .stop(let job), .kill(let job):
            demand(attempts[job.index].isAlive, "\(plan[job].name) is stopped, but does not run")
            attempts[job.index] = .stopping
        case .arm(let timer, after: _):
            let isNew = timers.insert(timer).inserted
            demand(isNew, "\(timer) armed twice")
        case .disarm(let timer):
            let wasArmed = timers.remove(timer) != nil
            demand(wasArmed, "\(timer) disarmed but not armed")
        case .finish:
            isFinished = true
            demand(attempts.allSatisfy { $0 == .none }, "the run is finished, but something runs")
            demand(timers.isEmpty, "timers left: \(timers)")
        case .signal, .report: break
        }
    }

    private mutating func demand(_ isTrue: Bool, _ message: String) {
        if !isTrue { violations.append(message) }
    }
}
