internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTeardown

/// One random plan, carried out by a scheduler and the teardowns of its attempts in a world of chance, under the eyes
/// of an auditor.
package struct SimulatedRun {
    private let plan: Plan
    private var history: [String] = []

    private var generator: SeededGenerator
    private var clock = ManualClock<WorldEvent>()
    private var scheduler: Scheduler
    private let auditor: RunAuditor
    private var record: RunRecord
    /// By job: the attempt that is alive.
    private var trees: [SimulatedTree?]
    /// What a teardown got wrong.
    private var faults: [String] = []
    /// By armed timer: which arming of it counts.
    private var armed: [SchedulerTimer: Int] = [:]
    private var armings = 0
    private var inputs = 0
    private var hasGivenUp = false
    private let keepsHistory: Bool
    /// The time of the timers is not that of the processes, as after a suspension of the machine.
    private let clockJumps: Bool

    private enum WorldEvent {
        case input(SchedulerInput)
        case probed(JobID, attempt: Int, SchedulerInput)
        case looks(JobID, attempt: Int, Bool)
        case mainExits(JobID, attempt: Int, ExitStatus)
        case othersEnd(JobID, attempt: Int)
        case teardownTimer(JobID, attempt: Int, arming: Int)
        case timer(SchedulerTimer, arming: Int)
    }

    /// - Parameter keepsHistory: costs time; ask for it when a seed is to be looked at.
    package init(seed: UInt64, keepsHistory: Bool = false) {
        self.keepsHistory = keepsHistory
        generator = SeededGenerator(seed: seed)
        var plan = Plan.random(using: &generator)
        for index in plan.jobs.indices where generator.chance(20) { plan.jobs[index].resources.memory = 1 << 20 }
        self.plan = plan
        clockJumps = generator.chance(10)
        scheduler = Scheduler(plan: plan)
        auditor = RunAuditor(plan: plan)
        record = RunRecord(of: plan)
        trees = Array(repeating: nil, count: plan.jobs.count)
    }

    /// The plan, what happened and what was done, in order.
    package var account: String {
        ([plan.account] + history).joined(separator: "\n").replacing(/Pkrun\w+\./, with: "")
    }

    /// - Returns: what the auditor found, nothing if all is well.
    package mutating func run() -> [String] {
        clock.plan(.input(.begin))
        if generator.chance(30) { planInterrupts(within: 150) }
        planChanges()
        while !auditor.isFinished, auditor.violations.isEmpty, faults.isEmpty {
            if let event = clock.next() {
                take(event)
                if clock.now > .seconds(2), !hasGivenUp { giveUp() }
            } else {
                auditor.observeQuiet()
                giveUp()
            }
            guard inputs < 100_000 else { return ["does not end"] }
        }
        let found = auditor.violations + faults
        return found.isEmpty ? record.disagreements : found
    }

    /// A user who has seen enough: without it, services would run for ever.
    private mutating func giveUp() {
        hasGivenUp = true
        planInterrupts(within: 5)
    }

    /// A developer at work.
    private mutating func planChanges() {
        for index in plan.jobs.indices where plan.jobs[index].watch != nil {
            for change in 0..<Int.random(in: 0...6, using: &generator) {
                let delay = Duration.milliseconds(Int.random(in: 0...200, using: &generator))
                clock.plan(.input(.changed(JobID(index), path: "file\(change)")), after: delay)
            }
        }
    }

    private mutating func planInterrupts(within milliseconds: Int) {
        var delay = Duration.milliseconds(Int.random(in: 0...milliseconds, using: &generator))
        clock.plan(.input(.interrupt([.int, .term, .hup].randomElement(using: &generator) ?? .int)), after: delay)
        guard generator.chance(50) else { return }
        delay += .milliseconds(Int.random(in: 0...30, using: &generator))
        clock.plan(.input(.interrupt(.int)), after: delay)
    }

    private mutating func take(_ event: WorldEvent) {
        switch event {
        case .input(let input):
            if case .started(let job) = input { begins(job) }
            feed(input)
        case .looks(let job, let attempt, let isHealthy):
            guard isAlive(job, attempt) else { return }
            feed(isHealthy ? .healthy(job) : .unhealthy(job, []))
            let delay = Duration.milliseconds(Int.random(in: 1...30, using: &generator))
            if generator.chance(70) { clock.plan(.looks(job, attempt: attempt, !isHealthy), after: delay) }
        case .probed(let job, let attempt, let input):
            if isAlive(job, attempt) { feed(input) }
        case .mainExits(let job, let attempt, let status):
            guard isAlive(job, attempt), trees[job.index]?.status == nil else { return }
            trees[job.index]?.status = status
            tell(job, .mainExited(treeIsEmpty: trees[job.index]?.isEmpty ?? true))
        case .othersEnd(let job, let attempt):
            guard isAlive(job, attempt), trees[job.index]?.hasOthers ?? false else { return }
            trees[job.index]?.hasOthers = false
            if trees[job.index]?.isEmpty ?? false { tell(job, .emptied) }
        case .teardownTimer(let job, let attempt, let arming):
            if isAlive(job, attempt), trees[job.index]?.arming == arming { tell(job, .timer) }
        case .timer(let timer, let arming):
            guard armed[timer] == arming else { return }
            armed[timer] = nil
            if case .idle(let job) = timer, let limit = plan.jobs[job.index].idleTimeout {
                let silence = generator.chance(50) ? limit : limit / Int.random(in: 2...4, using: &generator)
                feed(.quiet(job, for: silence))
            } else {
                feed(.timer(timer))
            }
        }
    }

    private mutating func feed(_ input: SchedulerInput) {
        inputs += 1
        auditor.observe(input)
        let actions = scheduler.handle(input)
        if keepsHistory {
            history.append("\(clock.now) \(input)")
            history += actions.map { "    \($0)" }
        }
        auditor.observe(actions)
        record.note(input, actions)
        if inputs % 8 == 0 { auditor.observeSettled() }
        for action in actions { carryOut(action) }
    }

    private mutating func carryOut(_ action: SchedulerAction) {
        switch action {
        case .start(let job, let attempt, let asks):
            let delay = generator.chance(90) ? 0 : Int.random(in: 0...10, using: &generator)
            if asks, generator.chance(40) {
                clock.plan(.input(.declined(job)), after: .milliseconds(delay))
                return
            }
            if generator.chance(4) {
                let failure = StartFailure(step: "execute", subject: "x", errorNumber: 2, message: "No such file")
                clock.plan(.input(.startFailed(job, failure)), after: .milliseconds(delay))
            } else {
                trees[job.index] = SimulatedTree(plan.jobs[job.index], attempt: attempt, using: &generator)
                clock.plan(.input(.started(job)), after: .milliseconds(delay))
            }
        case .stop(let job): tell(job, .stop)
        case .kill(let job): tell(job, .kill)
        case .arm(let timer, let delay):
            armings += 1
            armed[timer] = armings
            clock.plan(
                .timer(timer, arming: armings),
                after: delay * (clockJumps ? Int.random(in: 0...3, using: &generator) : 1)
            )
        case .disarm(let timer): armed[timer] = nil
        case .signal, .report, .finish: break
        }
    }

    private func isAlive(_ job: JobID, _ attempt: Int) -> Bool { trees[job.index]?.attempt == attempt }

    /// Lets the teardown of the job know, and does what it wants.
    private mutating func tell(_ job: JobID, _ input: TeardownInput) {
        guard let actions = trees[job.index]?.teardown.handle(input), let tree = trees[job.index] else { return }
        if keepsHistory { history.append("\(clock.now) \(plan.jobs[job.index].name) \(input): \(actions)") }
        for action in actions {
            switch action {
            case .ask:
                if tree.temper == .obedient { end(job, within: 10, [.exited(0), .signaled(.term)]) }
            case .killTree:
                if tree.temper != .stuck { end(job, within: 1, [.signaled(.kill)]) }
            case .listLeftBehind:
                trees[job.index]?.leavesOthers = tree.hasOthers
            case .arm(let delay):
                trees[job.index]?.arming += 1
                let arming = trees[job.index]?.arming ?? 0
                clock.plan(.teardownTimer(job, attempt: tree.attempt, arming: arming), after: delay)
            case .disarm:
                trees[job.index]?.arming += 1
            case .drain(let end):
                if !tree.isEmpty, end != .abandoned {
                    faults.append("\(plan.jobs[job.index].name) is drained, but lives")
                }
                let ending = trees[job.index]?.ending(end)
                trees[job.index] = nil
                if let ending { feed(.ended(job, ending)) }
            }
        }
    }

    /// What an attempt will do of itself, if it is left alone.
    private mutating func begins(_ job: JobID) {
        guard let attempt = trees[job.index]?.attempt else { return }
        if plan.jobs[job.index].health != nil {
            let delay = Duration.milliseconds(Int.random(in: 0...20, using: &generator))
            clock.plan(.looks(job, attempt: attempt, generator.chance(80)), after: delay)
        }
        switch plan.jobs[job.index].kind {
        case .task:
            if generator.chance(5) { return }
            end(job, within: 20, Self.naturalEnds)
        case .service:
            if !plan.jobs[job.index].readiness.probes.isEmpty, generator.chance(3) {
                let holder = PortHolder(userID: 0, process: nil)
                let problem =
                    generator.chance(50)
                    ? SchedulerInput.portTaken(job, 80, by: holder) : .probeFailed(job, times: 3)
                clock.plan(.probed(job, attempt: attempt, problem), after: .milliseconds(1))
            }
            if !plan.jobs[job.index].readiness.probes.isEmpty, generator.chance(95) {
                let delay = Int.random(in: 0...(generator.chance(90) ? 15 : 60), using: &generator)
                let input = SchedulerInput.ready(job, after: .milliseconds(1))
                clock.plan(.probed(job, attempt: attempt, input), after: .milliseconds(delay))
            }
            if generator.chance(15) { end(job, within: 80, Self.naturalEnds) }
        }
    }

    private static let naturalEnds: [ExitStatus] =
        Array(repeating: .exited(0), count: 8) + [.exited(1), .exited(3), .signaled(.kill)]

    /// The main process ends, and in most cases so do the others.
    private mutating func end(_ job: JobID, within milliseconds: Int, _ statuses: [ExitStatus]) {
        guard let tree = trees[job.index], let status = statuses.randomElement(using: &generator) else { return }
        let delay = Duration.milliseconds(Int.random(in: 0...milliseconds, using: &generator))
        clock.plan(.mainExits(job, attempt: tree.attempt, status), after: delay)
        guard tree.hasOthers, milliseconds == 1 || generator.chance(50) else { return }
        let further = Duration.milliseconds(Int.random(in: 0...20, using: &generator))
        clock.plan(.othersEnd(job, attempt: tree.attempt), after: delay + further)
    }
}
