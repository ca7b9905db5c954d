package import PkrunEvents
package import PkrunPlan
package import PkrunScheduler

/// A scheduler whose actions are told in a few words, for tests that follow a run step by step.
///
/// Events other than the last words of jobs are left out.
package struct ScriptedRun {
    private var plan: Plan
    private var scheduler: Scheduler
    /// What it has come to; `nil` while it goes on.
    package private(set) var outcome: RunOutcome?

    package init(_ plan: Plan) {
        self.plan = plan
        scheduler = Scheduler(plan: plan)
    }

    package mutating func begin() -> [String] { feed(.begin) }

    package mutating func started(_ jobs: String...) -> [String] {
        jobs.flatMap { feed(.started(id($0))) }
    }

    package mutating func ready(_ job: String) -> [String] { feed(.ready(id(job), after: .zero)) }

    package mutating func ended(_ job: String, _ status: ExitStatus = .exited(0)) -> [String] {
        feed(.ended(id(job), AttemptEnding(status: status)))
    }

    package mutating func ended(_ job: String, leaving: [ProcessSummary], survivors: Int = 0) -> [String] {
        let receipt = TreeReceipt(survivors: survivors)
        return feed(.ended(id(job), AttemptEnding(status: .exited(0), leftBehind: leaving, receipt: receipt)))
    }

    package mutating func couldNotStart(_ job: String) -> [String] {
        let failure = StartFailure(step: "execute", subject: "/nowhere", errorNumber: 2, message: "No such file")
        return feed(.startFailed(id(job), failure))
    }

    package mutating func healthy(_ job: String) -> [String] { feed(.healthy(id(job))) }

    package mutating func unhealthy(_ job: String) -> [String] { feed(.unhealthy(id(job), [])) }

    package mutating func declined(_ job: String) -> [String] { feed(.declined(id(job))) }

    /// A file has changed, and no other after it.
    package mutating func changed(_ job: String) -> [String] {
        let timer = feed(.changed(id(job), path: "file"))
        return timer.isEmpty ? [] : feed(.timer(.change(id(job))))
    }

    /// The manifest was read again.
    package mutating func reload(_ new: Plan) -> [String] {
        guard scheduler.takesPlans, let next = try? plan.continued(as: new) else { return [] }
        plan = next
        return feed(.reload(next, path: "jobs.yaml"))
    }

    package mutating func interrupt(_ signal: SignalNumber = .int) -> [String] { feed(.interrupt(signal)) }

    package mutating func timer(_ timer: (JobID) -> SchedulerTimer, _ job: String) -> [String] {
        feed(.timer(timer(id(job))))
    }

    package mutating func quiet(_ job: String, for duration: Duration) -> [String] {
        feed(.quiet(id(job), for: duration))
    }

    package mutating func feed(_ input: SchedulerInput) -> [String] {
        let actions = scheduler.handle(input)
        if case .finish(let outcome) = actions.last { self.outcome = outcome }
        return actions.compactMap { words($0) }
    }

    private func id(_ name: String) -> JobID {
        JobID(plan.jobs.firstIndex { $0.name == name } ?? plan.jobs.endIndex)
    }

    private func words(_ action: SchedulerAction) -> String? {
        switch action {
        case .start(let job, let attempt, let asks):
            "\(asks ? "ask and " : "")start \(plan.jobs[job.index].name)\(attempt == 1 ? "" : " again, \(attempt)")"
        case .stop(let job): "stop \(plan.jobs[job.index].name)"
        case .signal(let job, let signal): "\(signal) to \(plan.jobs[job.index].name)"
        case .kill(let job): "kill \(plan.jobs[job.index].name)"
        case .arm(let timer, let delay): "arm \(words(timer)) \(delay)"
        case .disarm(let timer): "disarm \(words(timer))"
        case .report(.jobFinished(let job, let outcome)): "\(plan.jobs[job.index].name) \(words(outcome))"
        case .report(.jobResting(let job, let outcome)): "\(plan.jobs[job.index].name) \(words(outcome)) for now"
        case .report: nil
        case .finish(let outcome): "finish \(outcome.exitCode)"
        }
    }

    private func words(_ timer: SchedulerTimer) -> String {
        switch timer {
        case .run: "run"
        case .timeout(let job): "timeout of \(plan.jobs[job.index].name)"
        case .idle(let job): "idle of \(plan.jobs[job.index].name)"
        case .readiness(let job): "readiness of \(plan.jobs[job.index].name)"
        case .restart(let job): "restart of \(plan.jobs[job.index].name)"
        case .change(let job): "change of \(plan.jobs[job.index].name)"
        case .window(let job): "window of \(plan.jobs[job.index].name)"
        }
    }

    private func words(_ outcome: JobOutcome) -> String {
        switch outcome {
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .stopped: "stopped"
        case .skipped(.notNeeded): "not needed"
        case .skipped(.condition): "not wanted"
        case .skipped(.run): "skipped"
        case .skipped(.dependency(let dependency)): "skipped for \(plan.jobs[dependency.job.index].name)"
        }
    }
}
