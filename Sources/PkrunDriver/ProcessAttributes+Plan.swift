import PkrunPlan
import PkrunSystem

extension PkrunSystem.ProcessAttributes {
    /// What the plan says, in the engine's words.
    init(_ plan: PkrunPlan.ProcessAttributes) {
        self.init(
            fileModeMask: plan.fileModeMask,
            niceness: plan.niceness,
            processors: plan.processors,
            limits: plan.limits.map { limit, value in
                ResourceLimit(limit.resource, soft: value.soft, hard: value.hard)
            }
        )
    }
}

extension ProcessLimit {
    fileprivate var resource: ResourceLimit.Resource {
        switch self {
        case .addressSpace: .as
        case .core: .core
        case .cpu: .cpu
        case .data: .data
        case .fileSize: .fsize
        case .locks: .locks
        case .lockedMemory: .memlock
        case .messageQueues: .msgqueue
        case .nice: .nice
        case .openFiles: .nofile
        case .processes: .nproc
        case .residentSet: .rss
        case .realTimePriority: .rtprio
        case .realTime: .rttime
        case .pendingSignals: .sigpending
        case .stack: .stack
        }
    }
}
