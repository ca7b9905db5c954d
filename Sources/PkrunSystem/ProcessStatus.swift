/// How a process ended; waitid(2).
package enum ProcessStatus: Equatable, Sendable {
    /// The code is 0…255, or `unknownCode`.
    case exited(code: Int32)
    case signaled(number: Int32, dumpedCore: Bool)

    /// In place of an exit code where somebody else in this process has reaped the child.
    package static let unknownCode: Int32 = -1
}

/// What a process, or a tree, has used.
package struct ResourceUsage: Equatable, Sendable {
    /// User and system time.
    package var cpuTime: Duration
    /// Largest resident set of one process, in bytes.
    package var peakMemory: UInt64
    package var storage: StorageTraffic

    package init(cpuTime: Duration = .zero, peakMemory: UInt64 = 0, storage: StorageTraffic = StorageTraffic()) {
        self.cpuTime = cpuTime
        self.peakMemory = peakMemory
        self.storage = storage
    }
}
