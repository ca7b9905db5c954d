internal import PkrunContainment
internal import PkrunSystem

/// A living process of a group.
public struct Member: Sendable, Hashable {
    /// Its number, as this program sees it under every mechanism.
    public var processID: Int32
    /// The number of its parent. That of an orphan is the process that has inherited it: init, or the tree's guardian
    /// under ``Mechanism/subreaper``.
    public var parentID: Int32
    /// The short name, at most 15 bytes.
    public var name: String
    /// The command line with spaces between its words.
    public var command: String
    /// When it began, as the time since the machine was started. Together with the number this is one process and no
    /// other.
    public var startTime: Duration

    init(_ member: MemberProcess) {
        processID = member.processID
        parentID = member.parentID
        name = member.name
        command = member.command
        startTime = member.startTime
    }
}

/// What a tree or a group has used, and what it holds.
public struct Statistics: Sendable, Equatable {
    /// Living processes.
    public var processes = 0
    /// User and system time, also of what has ended.
    public var cpuTime = Duration.zero
    /// Resident memory of what lives, in bytes; pages that several processes share count for each.
    public var memory: UInt64 = 0
    /// The largest resident set of one process, in bytes, also of those that have ended and were waited for;
    /// getrusage(2). Of the latter the kernel counts the moment before execve(2), in which a process still shares this
    /// program's memory: it is never less than this program's own. ``LimitReport/peakMemory`` of a tree with limits is
    /// the tree's alone.
    public var peakMemory: UInt64 = 0
    /// What was read from storage, in bytes, also by processes that have ended and were waited for by others of the tree,
    /// the first process included. What the page cache answered is not in it; proc_pid_io(5), getrusage(2).
    public var bytesRead: UInt64 = 0
    /// What was given to storage to be written, in bytes, likewise. File systems in memory are no storage.
    public var bytesWritten: UInt64 = 0

    /// Of what has never been.
    public static let none = Statistics()

    private init() {}

    init(_ statistics: TreeStatistics) {
        processes = statistics.processes
        cpuTime = statistics.cpuTime
        memory = statistics.memory
        peakMemory = statistics.peakMemory
        bytesRead = statistics.storage.read
        bytesWritten = statistics.storage.written
    }

    mutating func add(_ other: Statistics) {
        processes += other.processes
        cpuTime += other.cpuTime
        memory += other.memory
        peakMemory = max(peakMemory, other.peakMemory)
        bytesRead += other.bytesRead
        bytesWritten += other.bytesWritten
    }
}

/// What was observed while something was stopped.
public struct StopReport: Sendable, Equatable {
    /// Members when the first signal was sent.
    public var membersBefore: Int
    /// Members when the stop was over: 0, unless it was not to escalate.
    public var membersAfter: Int
    /// How many steps were taken; 1 where there was no ladder of more, 0 where nobody was there.
    public var steps: Int
    /// Whether it ended within the grace.
    public var drained: Bool
    /// Whether what was left was killed.
    public var escalated: Bool
    /// From the signal to the end of the wait.
    public var elapsed: Duration
}
