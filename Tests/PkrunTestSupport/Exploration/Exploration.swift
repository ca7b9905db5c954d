internal import PkrunEvents
package import PkrunPlan
internal import PkrunScheduler

/// Every order in which things can happen in a run, until nothing new comes of it.
///
/// A process is there at once when it is asked for, as with the driver, unless a command decides about it. Two
/// signals of the user are the most.
package struct Exploration {
    /// What was met on the way.
    package private(set) var states = 0
    package private(set) var transitions = 0
    package private(set) var endings = 0

    private let plan: Plan
    private let auditor: RunAuditor
    /// Several times as many states as any plan of a few jobs has; the largest that was met has 21,110.
    private static let limit = 100_000

    private struct Position: Hashable {
        var scheduler: Scheduler
        var knowledge: RunAuditor.Knowledge
    }

    /// A position, and one of the ways to it.
    private struct Visit {
        var position: Position
        var record: RunRecord
        var inputs: [SchedulerInput]
    }

    package init(of plan: Plan) {
        self.plan = plan
        auditor = RunAuditor(plan: plan)
    }

    /// - Returns: the first way into something wrong, and what that is; `nil` if all is well.
    package mutating func run() -> String? {
        let start = Visit(
            position: Position(scheduler: Scheduler(plan: plan), knowledge: auditor.knowledge),
            record: RunRecord(of: plan),
            inputs: []
        )
        guard let begun = follow(start, .begin) else { return account(of: start, .begin) }
        var known: Set<Position> = [begun.position]
        var open = [begun]
        while let visit = open.popLast() {
            states += 1
            guard states < Self.limit else { return "new states without end\n\(account(of: visit, .begin))" }
            let inputs = possibleInputs(in: visit.position.knowledge)
            for input in inputs {
                transitions += 1
                guard let next = follow(visit, input) else { return account(of: visit, input) }
                if next.position.knowledge.isFinished {
                    endings += 1
                    let found = next.record.disagreements
                    guard found.isEmpty else { return "\(found)\n\(account(of: visit, input))" }
                } else if known.insert(next.position).inserted {
                    open.append(next)
                }
            }
            guard inputs.contains(where: \.isOfTheWorld) || isUp(visit.position.knowledge) else {
                return "nothing more happens\n\(account(of: visit, .begin))"
            }
        }
        return nil
    }

    /// - Returns: `nil` where a rule is broken.
    private func follow(_ visit: Visit, _ input: SchedulerInput) -> Visit? {
        var next = visit
        auditor.knowledge = visit.position.knowledge
        var inputs = [input]
        while !inputs.isEmpty {
            let input = inputs.removeFirst()
            auditor.observe(input)
            let actions = next.position.scheduler.handle(input)
            auditor.observe(actions)
            auditor.observeSettled()
            next.record.note(input, actions)
            next.inputs.append(input)
            for case .start(let job, attempt: _, asks: false) in actions { inputs.append(.started(job)) }
        }
        next.position.knowledge = auditor.knowledge
        return auditor.violations.isEmpty ? next : nil
    }

    private func possibleInputs(in knowledge: RunAuditor.Knowledge) -> [SchedulerInput] {
        var inputs: [SchedulerInput] = []
        for (index, account) in knowledge.jobs.enumerated() {
            let job = JobID(index)
            if account.isStarting {
                inputs += [.started(job), .declined(job)]
            } else if account.isAlive {
                inputs.append(.ended(job, AttemptEnding(status: .exited(0))))
                // How what is stopped ends is all the same.
                guard !account.askedToStop else { continue }
                inputs.append(.ended(job, AttemptEnding(status: .exited(1))))
                if !plan.jobs[job.index].readiness.probes.isEmpty, !account.isReady {
                    inputs.append(.ready(job, after: .zero))
                }
                if plan.jobs[job.index].health != nil {
                    inputs.append(account.isHealthy ? .unhealthy(job, []) : .healthy(job))
                }
            }
        }
        inputs += knowledge.armed.map { .timer($0) }
        if knowledge.interrupts < 2 { inputs.append(.interrupt(.int)) }
        return inputs
    }

    private func isUp(_ knowledge: RunAuditor.Knowledge) -> Bool {
        knowledge.jobs.contains { $0.isAlive || $0.resting != nil }
    }

    private func account(of visit: Visit, _ input: SchedulerInput) -> String {
        let words = auditor.violations + [plan.account] + (visit.inputs + [input]).map { "\($0)" }
        return words.joined(separator: "\n").replacing(/Pkrun\w+\./, with: "")
    }
}

extension SchedulerInput {
    fileprivate var isOfTheWorld: Bool { if case .interrupt = self { false } else { true } }
}
