package import PkrunEvents
package import PkrunPlan

/// What somebody can do to a run: its jobs, of themselves, or its user.
package enum Deed: Equatable, Sendable {
    case becomeReady(JobID)
    case end(JobID, ExitStatus)
    case interrupt(SignalNumber)
}
