/// How a process ended; waitid(2).
package enum ProcessStatus: Equatable, Sendable {
    case exited(code: Int32)
    case signaled(number: Int32, dumpedCore: Bool)
}

/// What a process, or a tree, has used.
package struct ResourceUsage: Equatable, Sendable {
    /// User and system time.
    package var cpuTime: Duration
    /// Largest resident set of one process, in bytes.
    package var peakMemory: UInt64

    package init(cpuTime: Duration = .zero, peakMemory: UInt64 = 0) {
        self.cpuTime = cpuTime
        self.peakMemory = peakMemory
    }
}
