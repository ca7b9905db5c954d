import PkrunSystem

/// What probes need from the loop in which they live, and of the job that they look at.
struct ProbeLoop {
    let reactor: Reactor
    let after: (Duration, @escaping () -> Void) -> TimerQueue.ID
    let cancel: (TimerQueue.ID) -> Void
    /// Starts a command beside the job; tells how it ended, and its last line of output, when its tree is empty.
    let run: ([String], @escaping (ProcessStatus, String?) -> Void) -> RunningCommand?
    let mainProcess: Int32
    /// The live processes of the job's tree.
    let members: () -> [Int32]
    /// What the job tells of itself, where the plan asks it to.
    let notifyChannel: NotifyChannel?
}
