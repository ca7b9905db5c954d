/// Trees that have limits in common. Whatever is started in one is within them from its first instruction.
package protocol ResourceSlice: TreeHost {
    /// What its limits have done so far; complete once its trees are empty.
    func report() -> SliceReport

    /// Removes it, once every tree of it has been released. The last call.
    func release()
}

/// What became of the limits of a slice.
package struct SliceReport: Equatable, Sendable {
    /// The most memory that was in use at once, in bytes, files in the page cache included; `nil` where nobody counted.
    package var peakMemory: UInt64?
    /// How many processes the kernel has killed because the slice had used up its memory.
    package var memoryKills = 0
    /// How often a process or thread could not be made because there were as many as may be.
    package var refusedProcesses = 0

    package init(peakMemory: UInt64? = nil, memoryKills: Int = 0, refusedProcesses: Int = 0) {
        self.peakMemory = peakMemory
        self.memoryKills = memoryKills
        self.refusedProcesses = refusedProcesses
    }
}
