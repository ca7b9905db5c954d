internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport

/// Every order in which things can happen in a run whose manifest changes once, at any moment, until nothing new comes
/// of it.
///
/// Its first job is up from the beginning until it is stopped. One signal of the user, and one change of a file, are
/// the most. A model says after each step what has to come of it.
struct ReloadExploration {
    private(set) var states = 0
    private(set) var transitions = 0
    private let before: Plan
    private let after: Plan
    private static let limit = 200_000
    private static let steady = JobID(0)

    private struct Position: Hashable {
        var scheduler: Scheduler
        var model: RunModel
        var world: TimelessWorld
        var isReloaded = false
        var isInterrupted = false
        /// A file has changed, which happens once.
        var hasChanged = false
        var isFinished = false
    }

    private struct Visit {
        var position: Position
        var inputs: [SchedulerInput] = []
    }

    /// - Returns: `nil` where a run does not go on with the other plan.
    init?(from before: Plan, to after: Plan) {
        guard let after = try? before.continued(as: after) else { return nil }
        self.before = before
        self.after = after
    }

    /// - Returns: the first way into something wrong, and what that is; `nil` if all is well.
    mutating func run() -> String? {
        var start = Visit(
            position: Position(
                scheduler: Scheduler(plan: before),
                model: RunModel(plan: before),
                world: TimelessWorld(of: before)
            )
        )
        for input in [SchedulerInput.begin, .started(Self.steady)] {
            start.inputs.append(input)
            let problems = take(input, in: &start.position)
            guard problems.isEmpty else { return "\(problems)\n\(account(of: start.inputs))" }
        }
        var known: Set<Position> = [start.position]
        var open = [start]
        while let visit = open.popLast() {
            states += 1
            guard states < Self.limit else { return "new states without end\n\(account(of: visit.inputs))" }
            for input in inputs(in: visit.position) {
                transitions += 1
                var next = visit
                next.inputs.append(input)
                let problems = take(input, in: &next.position)
                guard problems.isEmpty else { return "\(problems)\n\(account(of: next.inputs))" }
                if !next.position.isFinished, known.insert(next.position).inserted { open.append(next) }
            }
        }
        return nil
    }

    private func plan(in position: Position) -> Plan { position.isReloaded ? after : before }

    private func inputs(in position: Position) -> [SchedulerInput] {
        var inputs = position.world.events(in: plan(in: position))
        let isSteady = position.world.attempts[Self.steady.index] != .stopping
        inputs.removeAll { input in
            switch input {
            case .changed: position.hasChanged
            case .ended(Self.steady, _): isSteady
            default: false
            }
        }
        if !position.isReloaded, position.scheduler.takesPlans { inputs.append(.reload(after, path: "jobs.yaml")) }
        if !position.isInterrupted { inputs.append(.interrupt(.int)) }
        return inputs
    }

    private func take(_ input: SchedulerInput, in position: inout Position) -> [String] {
        if case .reload = input { position.isReloaded = true }
        if case .interrupt = input { position.isInterrupted = true }
        if case .changed = input { position.hasChanged = true }
        let plan = plan(in: position)
        position.world.take(input, in: plan)
        let actions = position.scheduler.handle(input)
        var problems = actions.compactMap { position.world.carryOut($0, in: plan) }
        problems += position.model.disagreements(on: input, with: actions)
        if case .finish = actions.last { position.isFinished = true }
        let isStuck = position.world.isIdle && position.world.events(in: plan).isEmpty && position.model.resting.isEmpty
        if isStuck, !position.isFinished { problems.append("nothing happens, and nothing will") }
        return problems
    }

    private func account(of inputs: [SchedulerInput]) -> String {
        let words = inputs.map { input in if case .reload = input { "reload\n\(after.account)" } else { "\(input)" } }
        return ([before.account] + words).joined(separator: "\n").replacing(/Pkrun\w+\./, with: "")
    }
}
