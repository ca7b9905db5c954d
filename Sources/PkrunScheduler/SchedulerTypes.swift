package import PkrunEvents
package import PkrunPlan

/// What the scheduler is told.
package enum SchedulerInput: Equatable, Sendable {
    case begin
    case started(JobID)
    case startFailed(JobID, StartFailure)
    /// Every readiness probe of the running attempt has passed, so long after its process was started. Not sent for a
    /// job without probes.
    case ready(JobID, after: Duration)
    /// A readiness probe of the running attempt has failed so many times, and is not tried again.
    case probeFailed(JobID, times: Int)
    /// Somebody outside of the job's tree listens on the port that is to show its readiness.
    case portTaken(JobID, UInt16, by: PortHolder)
    /// The health check of the running attempt passes, for the first time or again.
    case healthy(JobID)
    /// The health check has failed too often in a row.
    case unhealthy(JobID, [ProbeSummary])
    /// The `if` of the job does not hold.
    case declined(JobID)
    /// The attempt is over: its tree is empty and its log complete.
    case ended(JobID, AttemptEnding)
    case timer(SchedulerTimer)
    /// An idle timer has run out; the job was silent for this long, which may be less than its limit.
    case quiet(JobID, for: Duration)
    /// A file that the job watches has changed.
    case changed(JobID, path: String)
    /// The manifest, which is called `path`, was read again. The plan has the jobs of the present one in their places.
    indirect case reload(Plan, path: String)
    /// Something of pkrun's own went wrong; the run is stopped.
    case fault(String)
    /// A signal that asks pkrun to stop: the first gracefully, the second at once.
    case interrupt(SignalNumber)
}

/// What the scheduler wants done, in this order.
package enum SchedulerAction: Equatable, Sendable {
    /// Answered by `started` or `startFailed`, or by `declined` where the command of its `if` is to be asked first.
    /// Attempts count from 1.
    case start(JobID, attempt: Int, asks: Bool)
    /// Begin the stop ladder; answered by `ended`.
    case stop(JobID)
    /// Kill the tree at once; answered by `ended`.
    case kill(JobID)
    /// Send it to the main process.
    case signal(JobID, SignalNumber)
    case arm(SchedulerTimer, after: Duration)
    case disarm(SchedulerTimer)
    case report(RunEvent)
    /// Nothing runs and nothing will; always the last action of a run.
    case finish(RunOutcome)
}

/// A timer is a token: the driver keeps the clock and says when it has run out.
package enum SchedulerTimer: Hashable, Sendable {
    case run
    case timeout(JobID)
    /// Answered by `quiet`, not by `timer`, when it runs out.
    case idle(JobID)
    case readiness(JobID)
    case restart(JobID)
    /// The attempt has lasted so long that earlier restarts are forgotten.
    case window(JobID)
    /// Nothing that the job watches has changed for a while.
    case change(JobID)
}
