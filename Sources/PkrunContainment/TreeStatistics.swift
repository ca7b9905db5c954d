package import PkrunSystem

/// What a tree has used, and what it holds now.
package struct TreeStatistics: Equatable, Sendable {
    /// Living processes.
    package var processes = 0
    /// User and system time of every process that the tree has ever had.
    package var cpuTime = Duration.zero
    /// Resident memory of what lives, in bytes; pages that several share count for each.
    package var memory: UInt64 = 0
    /// The largest resident set that one process was seen with, in bytes.
    package var peakMemory: UInt64 = 0
    /// Of what lives, and of what was waited for.
    package var storage = StorageTraffic()
}

extension ProcessTree {
    /// What the tree has used so far, also when it is empty.
    package func statistics() -> TreeStatistics {
        let members = members()
        let usage = usage()
        return TreeStatistics(
            processes: members.count,
            cpuTime: usage.cpuTime,
            memory: members.reduce(0) { $0 + $1.residentMemory },
            peakMemory: members.reduce(usage.peakMemory) { max($0, $1.residentMemory) },
            storage: members.compactMap { StorageTraffic(of: $0.processID) }.reduce(usage.storage, +)
        )
    }
}
