/// What the processes of a job have from the kernel. What is not named here they have as pkrun itself has it.
package struct ProcessAttributes: Equatable, Sendable {
    /// The permissions that new files do not get, 0 to 0o777; umask(2).
    package var fileModeMask: UInt32?
    /// From -20, the most favoured, to 19; not relative to pkrun's own. setpriority(2)
    package var niceness: Int32?
    package var limits: [ProcessLimit: ProcessLimitValue]
    /// The processors that they may run on, by number, sorted; empty is all that pkrun may. sched_setaffinity(2)
    package var processors: [Int]

    package init(
        fileModeMask: UInt32? = nil,
        niceness: Int32? = nil,
        limits: [ProcessLimit: ProcessLimitValue] = [:],
        processors: [Int] = []
    ) {
        self.fileModeMask = fileModeMask
        self.niceness = niceness
        self.limits = limits
        self.processors = processors
    }
}

/// A limit that each process has for itself, by its name in compose and limits.conf(5); `RLIMIT_…` of setrlimit(2).
package enum ProcessLimit: String, CaseIterable, Sendable {
    case addressSpace = "as"
    case core
    case cpu
    case data
    case fileSize = "fsize"
    case locks
    case lockedMemory = "memlock"
    case messageQueues = "msgqueue"
    case nice
    case openFiles = "nofile"
    case processes = "nproc"
    case residentSet = "rss"
    case realTimePriority = "rtprio"
    case realTime = "rttime"
    case pendingSignals = "sigpending"
    case stack

    /// Whether it is counted in bytes.
    package var isSize: Bool {
        switch self {
        case .addressSpace, .core, .data, .fileSize, .lockedMemory, .messageQueues, .residentSet, .stack: true
        default: false
        }
    }
}

package struct ProcessLimitValue: Equatable, Sendable {
    /// `RLIM_INFINITY`
    package static let unlimited = UInt64.max

    /// What holds, until the process itself changes it.
    package var soft: UInt64
    /// How far it can, without privilege.
    package var hard: UInt64

    package init(soft: UInt64, hard: UInt64) {
        self.soft = soft
        self.hard = hard
    }
}
