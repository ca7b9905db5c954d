package import PkrunEvents
package import PkrunPlan
package import PkrunScheduler

/// What a scheduler does, but for timers and for what is only told.
package enum RunDeed: Hashable, Sendable {
    case start(JobID, attempt: Int, asks: Bool)
    case stop(JobID, StopReason)
    case kill(JobID)
    case signal(JobID)
    case pause(JobID, restart: Int)
    case rest(JobID, JobOutcome)
    case end(JobID, JobOutcome)
    case stopRun(RunStopReason)
    case finalize(Verdict)
    case finish(Verdict)

    package struct Verdict: Hashable, Sendable {
        var exitCode: Int32
        var stop: RunStopReason?
        /// Both in the order of the plan.
        var failed: [JobID]
        var unreached: [JobID]
    }

    /// - Returns: `nil` for what is none.
    package init?(_ action: SchedulerAction) {
        switch action {
        case .start(let job, let attempt, let asks): self = .start(job, attempt: attempt, asks: asks)
        case .kill(let job): self = .kill(job)
        case .signal(let job, _): self = .signal(job)
        case .report(.jobStopping(let job, _, let reason)): self = .stop(job, reason.anonymous)
        case .report(.jobRestarting(let job, let restart, _)): self = .pause(job, restart: restart)
        case .report(.jobResting(let job, let outcome)): self = .rest(job, outcome.anonymous)
        case .report(.jobFinished(let job, let outcome)): self = .end(job, outcome.anonymous)
        case .report(.runStopping(let reason)): self = .stopRun(reason.anonymous)
        case .report(.runFinalizing(let outcome)): self = .finalize(Verdict(outcome))
        case .finish(let outcome): self = .finish(Verdict(outcome))
        case .stop, .arm, .disarm, .report: return nil
        }
    }
}

extension RunDeed.Verdict {
    fileprivate init(_ outcome: RunOutcome) {
        exitCode = outcome.exitCode
        stop = outcome.stopReason?.anonymous
        failed = outcome.failed.sorted()
        unreached = outcome.unreached
    }
}

extension StopReason {
    /// The same, whichever of several is told as the reason.
    var anonymous: StopReason {
        switch self {
        case .run(let reason): .run(reason.anonymous)
        case .dependencyRestarts: .dependencyRestarts(JobID(0))
        case .changed: .changed("")
        default: self
        }
    }
}
