internal import PkrunContainment

/// What all processes of a group, or of one command, may use together. What is not named is not limited.
///
/// The kernel counts that in cgroups: limits are kept under ``Mechanism/cgroup`` alone, and there where the controller
/// is to be had, in version 2 or, on hybrid hosts, in version 1. Under any other mechanism they are an error, never
/// ignored. A process is within the limits from before its program begins. One that runs as root may take itself out of
/// them.
public struct ResourceLimits: Sendable, Equatable {
    /// Bytes, swapped-out memory included. When it is used up the kernel kills one of the processes.
    public var memory: UInt64?
    /// Processes and threads. One more is not made: fork(2) fails with `EAGAIN`.
    public var processes: Int?
    /// Processor time per time, at least 0.01: 1.5 is one processor and a half. Who has used it up waits.
    public var processors: Double?

    /// Limits of what is named.
    public init(memory: UInt64? = nil, processes: Int? = nil, processors: Double? = nil) {
        self.memory = memory
        self.processes = processes
        self.processors = processors
    }

    /// Something that can be limited.
    public enum Resource: String, Sendable, CaseIterable {
        /// ``ResourceLimits/memory``
        case memory
        /// ``ResourceLimits/processes``
        case processes
        /// ``ResourceLimits/processors``
        case processors

        init(_ resource: LimitedResource) {
            switch resource {
            case .memory: self = .memory
            case .pids: self = .processes
            case .cpu: self = .processors
            }
        }
    }

    var contained: SliceLimits? {
        let limits = SliceLimits(memory: memory, processes: processes, processors: processors)
        return limits.resources.isEmpty ? nil : limits
    }
}

/// What the limits of a group, or of one command, have done so far.
public struct LimitReport: Sendable, Equatable {
    /// The most memory that was in use at once, in bytes, files in the page cache included; `nil` where there is
    /// no limit of memory, or the kernel did not count.
    public var peakMemory: UInt64?
    /// Processes that the kernel has killed because the limit of memory was reached.
    public var memoryKills: Int
    /// How often a process or thread could not be made because there were as many as may be.
    public var refusedProcesses: Int

    init(_ report: SliceReport) {
        peakMemory = report.peakMemory
        memoryKills = report.memoryKills
        refusedProcesses = report.refusedProcesses
    }
}
