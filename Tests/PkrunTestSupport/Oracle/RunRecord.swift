internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// What a scheduler made of a history.
struct RunRecord {
    let plan: Plan
    private(set) var history: RunHistory
    private(set) var outcomes: [JobOutcome?]
    private(set) var pauses: [[Duration]]
    private(set) var outcome: RunOutcome?

    init(of plan: Plan) {
        self.plan = plan
        history = RunHistory(of: plan)
        outcomes = Array(repeating: nil, count: plan.jobs.count)
        pauses = Array(repeating: [], count: plan.jobs.count)
    }

    mutating func note(_ input: SchedulerInput, _ actions: [SchedulerAction]) {
        history.note(input, actions)
        for action in actions {
            switch action {
            case .report(.jobFinished(let job, let outcome)): outcomes[job.index] = outcome
            case .report(.jobRestarting(let job, restart: _, after: let pause)): pauses[job.index].append(pause)
            case .finish(let outcome): self.outcome = outcome
            default: break
            }
        }
    }

    /// Where the oracle sees it otherwise.
    var disagreements: [String] {
        let oracle = OutcomeOracle(plan: plan, history: history)
        var found: [String] = []
        for (job, life) in zip(plan.jobs.indices, oracle.lives) {
            let name = plan.jobs[job].name
            let (seen, expected) = (outcomes[job], life.word?.outcome)
            if seen?.anonymous != expected?.anonymous {
                found.append("\(name) is \(told(seen)), not \(told(expected))")
            }
            if pauses[job] != life.pauses { found.append("\(name) paused \(pauses[job]), not \(life.pauses)") }
        }
        if outcome?.anonymous != oracle.outcome.anonymous {
            found.append("the run is \(told(outcome)), not \(oracle.outcome)")
        }
        return found
    }

    private func told(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "without an end" }
}
