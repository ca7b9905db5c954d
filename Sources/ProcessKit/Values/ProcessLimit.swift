internal import PkrunSystem

/// A limit that each process of a tree has for itself, and passes on to its children; setrlimit(2).
///
/// To go above the hard limit of this program takes privilege, and fails the start without it.
public struct ProcessLimit: Sendable, Equatable {
    /// What can be limited; each is one of setrlimit(2).
    public enum Resource: Sendable, CaseIterable {
        /// Seconds of processor time.
        case cpuTime
        /// Bytes of a file that is written.
        case fileSize
        /// Bytes of data.
        case data
        /// Bytes of stack.
        case stack
        /// Bytes of a core dump.
        case core
        /// Processes and threads of its user.
        case processes
        /// Descriptors.
        case openFiles
        /// Bytes that may be locked into memory.
        case lockedMemory
        /// Bytes of address space.
        case addressSpace
    }

    /// For a limit that is none.
    public static let unlimited = UInt64.max

    /// What is limited.
    public var resource: Resource
    /// What holds until the process itself changes it.
    public var soft: UInt64
    /// How far it can, without privilege.
    public var hard: UInt64

    /// - Parameter hard: the soft limit, where nothing else is said.
    public init(_ resource: Resource, _ soft: UInt64, hard: UInt64? = nil) {
        self.resource = resource
        self.soft = soft
        self.hard = hard ?? soft
    }

    var raw: ResourceLimit { ResourceLimit(resource.raw, soft: soft, hard: hard) }
}

extension ProcessLimit.Resource {
    fileprivate var raw: ResourceLimit.Resource {
        switch self {
        case .cpuTime: .cpu
        case .fileSize: .fsize
        case .data: .data
        case .stack: .stack
        case .core: .core
        case .processes: .nproc
        case .openFiles: .nofile
        case .lockedMemory: .memlock
        case .addressSpace: .as
        }
    }
}
