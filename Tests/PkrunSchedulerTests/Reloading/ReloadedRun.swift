internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport

/// A run whose manifest changes at random, in a world without clocks. A model says after each step what has to come of
/// it.
struct ReloadedRun {
    private(set) var history: [String] = []
    private var generator: SeededGenerator
    private var manifest: ChangingManifest
    private var scheduler: Scheduler
    private var model: RunModel
    private var world: TimelessWorld
    /// With the jobs of all manifests so far.
    private var plan: Plan
    private var violations: [String] = []
    private var isFinished = false

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        manifest = ChangingManifest(using: &generator)
        plan = manifest.written
        scheduler = Scheduler(plan: plan)
        model = RunModel(plan: plan)
        world = TimelessWorld(of: plan)
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
            } else if let event = world.events(in: plan).randomElement(using: &generator) {
                feed(colored(event))
            } else {
                if world.isIdle, model.resting.isEmpty { violations.append("nothing happens, and nothing will") }
                feed(.interrupt(.int))
            }
        }
        return violations
    }

    /// Most starts go well, few processes are left, and what is killed is told by a signal.
    private mutating func colored(_ event: SchedulerInput) -> SchedulerInput {
        switch event {
        case .startFailed(let job, _): return generator.chance(60) ? .started(job) : event
        case .probeFailed(let job, times: _): return generator.chance(50) ? .ready(job, after: .zero) : event
        case .ended(let job, var ending):
            if generator.chance(20) { ending.status = .signaled(.kill) }
            if generator.chance(2) { ending.receipt.survivors = 1 }
            return .ended(job, ending)
        default: return event
        }
    }

    private mutating func reload() {
        manifest.change(using: &generator)
        guard scheduler.takesPlans, let next = try? plan.continued(as: manifest.written) else { return }
        plan = next
        history.append("\(plan.account)\nwithout \(plan.retired)")
        feed(.reload(next, path: "jobs.yaml"))
    }

    private mutating func feed(_ input: SchedulerInput) {
        if case .reload = input {} else { history.append("\(input)") }
        world.take(input, in: plan)
        let actions = scheduler.handle(input)
        for action in actions {
            if case .report(.runReloaded) = action { continue }
            if case .finish = action { isFinished = true }
            history.append("    \(action)")
            if let problem = world.carryOut(action, in: plan) { violations.append(problem) }
        }
        violations += model.disagreements(on: input, with: actions)
    }
}
