/// What came of the limits of one tree.
package struct LimitReceipt: Hashable, Sendable {
    /// The most memory that all processes together had at once, in bytes; `nil` where the kernel did not count.
    package var peakMemory: UInt64?
    /// Processes that the kernel has killed because the limit of memory was reached.
    package var memoryKills: Int
    /// How often a process or thread could not be made because there were as many as may be.
    package var refusedProcesses: Int

    package init(peakMemory: UInt64? = nil, memoryKills: Int = 0, refusedProcesses: Int = 0) {
        self.peakMemory = peakMemory
        self.memoryKills = memoryKills
        self.refusedProcesses = refusedProcesses
    }

    /// Of several attempts together: the highest peak, and sums.
    package static func + (first: LimitReceipt, second: LimitReceipt) -> LimitReceipt {
        LimitReceipt(
            peakMemory: [first.peakMemory, second.peakMemory].compactMap(\.self).max(),
            memoryKills: first.memoryKills + second.memoryKills,
            refusedProcesses: first.refusedProcesses + second.refusedProcesses
        )
    }
}

/// A limit of a job that cannot be kept on this host, and without which it starts all the same.
package struct UnkeptLimit: Hashable, Sendable {
    /// The name of the kernel's controller: `memory`, `pids` or `cpu`.
    package var resource: String
    package var reason: String

    package init(resource: String, reason: String) {
        self.resource = resource
        self.reason = reason
    }
}
