internal import PkrunEvents
internal import PkrunPlan

/// Where one job is. Each case says where it can lead.
enum JobState: Hashable {
    /// A condition of a dependency does not hold yet, or not again before the job follows the dependency's restart. To
    /// `queued`, `finished`.
    case waiting
    /// Wants to start as soon as there is a place for it. To `starting`; back to `waiting` when a condition ceases to
    /// hold before a start that asks for it; to `finished`.
    case queued
    /// The driver was asked for a process and has not answered. With a reason to stop, the process is stopped as soon
    /// as it is there. To `running`, `ready`, `stopping`, `waiting`, `backingOff`, `resting`, `finished`.
    case starting(thenStop: StopReason?)
    /// The process is there; a service in this state is not ready yet. To `ready`, `stopping`, `waiting`, `backingOff`,
    /// `resting`, `finished`.
    case running
    /// Readiness was shown. To `stopping`, `waiting`, `backingOff`, `resting`, `finished`.
    case ready
    /// The driver was asked to end the tree and has not said that it is empty. To `waiting`, `backingOff`, `resting`,
    /// `finished`.
    case stopping(StopReason)
    /// Pauses before a restart. To `queued`, `waiting`, `finished`.
    case backingOff
    /// Has ended like this, and runs again when a file that it watches changes or a job that it follows does the same.
    /// To `waiting`, `finished`.
    case resting(JobOutcome)
    /// Nothing of the job will run again. Final.
    case finished(JobOutcome)

    /// There is a process tree that has to be emptied.
    var isAlive: Bool {
        switch self {
        case .running, .ready, .stopping: true
        case .waiting, .queued, .starting, .backingOff, .resting, .finished: false
        }
    }
}
