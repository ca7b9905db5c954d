/// A program to run, and what it gets.
///
/// A value: nothing happens before it is started. A new process leads a process group of its own, and has no
/// controlling terminal but ``terminal``, default signal dispositions, an empty signal mask, and no descriptors but its
/// streams and ``descriptors``.
public struct Command: Sendable {
    /// A path, or a name that is looked up in the `PATH` of ``environment``.
    public var executable: String
    /// Without the executable's own name.
    public var arguments: [String]
    /// What it is told as its own name, `argv[0]`; `nil`: ``executable``.
    public var nameArgument: String?
    /// Its variables.
    public var environment = Environment.inherited
    /// Where it starts; `nil`: where this program is.
    public var workingDirectory: String?
    /// Where it reads from.
    public var standardInput = StandardInput.none
    /// Where its standard output goes.
    public var standardOutput = OutputTarget.captured
    /// Where its standard error goes.
    public var standardError = OutputTarget.captured
    /// A terminal of its own, which takes the place of the pipes to this program; `nil`: there are pipes.
    public var terminal: Terminal?
    /// Whether it leads a session of its own, as it does with a ``terminal``, and not only a process group in that of
    /// this program; setsid(2). A session waits for its turn on a busy machine as a whole, sched(7).
    public var leadsSession = false
    /// Descriptors of this program that it has too, by the numbers that it knows them by, from 3 on. They have to be
    /// open when it starts, and stay this program's own to close.
    public var descriptors: [Int32: Int32] = [:]
    /// The user and groups to run as; `nil`: those of this program.
    public var identity: Identity?
    /// The permissions that new files do not get, 0 to 0o777; `nil`: as this program has it. umask(2)
    public var fileModeMask: UInt32?
    /// From -20, the most favoured, to 19; `nil`: as this program has it. To go below that takes privilege. nice(2)
    public var niceness: Int32?
    /// How its requests to a disk stand against those of others; `nil`: as this program has it.
    public var ioPriority: IOPriority?
    /// The numbers of the processors that it may run on; empty: all that this program may. One that is not to be had
    /// fails the start. sched_setaffinity(2)
    public var processors: [Int] = []
    /// What its processes may use, each for itself; what is not named is as this program has it.
    public var limits: [ProcessLimit] = []
    /// What all processes of its tree may use together, by themselves: not in a group that has limits of its own. What
    /// they have come to is in ``ProcessResult/limitReport``.
    public var resourceLimits = ResourceLimits()
    /// How long it may run until its tree is stopped.
    public var timeout: Duration?
    /// How long it may write nothing until its tree is stopped. Only captured output counts.
    public var idleTimeout: Duration?
    /// How long the tree has between SIGTERM and the kill when it is stopped, by whatever reason.
    public var grace: Duration = .seconds(2)
    /// What becomes of processes that outlive the one that was started.
    public var leaks = LeakPolicy.kill

    /// - Parameter arguments: without the executable's own name. No shell reads them.
    public init(_ executable: String, _ arguments: [String] = []) {
        self.executable = executable
        self.arguments = arguments
    }

    /// A script for `/bin/sh`.
    public init(shell script: String) {
        self.init("/bin/sh", ["-c", script])
    }
}

/// Where a process reads from.
public enum StandardInput: Sendable {
    /// From `/dev/null`: the end at once.
    case none
    /// What this program reads from. Where that is a terminal the process belongs to its background, which may not
    /// read: SIGTTIN stops who tries, or the read fails; tcsetpgrp(3).
    case inherited
    /// From a file, from its beginning.
    case file(String)
    /// These bytes, then the end. A process may end without reading them.
    case bytes([UInt8])
    /// What is given to ``RunningProcess/write(_:)``. Where a command is run to its end, alone or as part of a
    /// ``Batch``, a ``Pipeline`` or by a ``Supervisor``, nobody can give it anything: it reads the end at once.
    case writer
}

/// Where a process writes to.
public enum OutputTarget: Sendable {
    /// To this program, which has to read it: a process waits while a mebibyte is unread.
    case captured
    /// To `/dev/null`.
    case discarded
    /// Where this program writes to.
    case inherited
    /// To a file, which is emptied first, or made.
    case file(String)
}

/// What becomes of processes that outlive the one that was started.
public enum LeakPolicy: Sendable {
    /// After a tenth of a second they are killed, and named in ``ProcessResult/leftBehind``.
    case kill
    /// The same, and it counts as a failure, whatever the exit status: ``EndReason/leftBehind``.
    case fail
    /// They belong to the work: it ends when the last of them does.
    case wait
}

/// User and groups of a process. Taking another needs privilege.
public struct Identity: Sendable, Equatable {
    /// Its real, effective and saved user; setresuid(2).
    public var userID: UInt32
    /// Its real, effective and saved group; setresgid(2).
    public var groupID: UInt32
    /// The supplementary groups; it keeps none of this program's. setgroups(2)
    public var groups: [UInt32]

    /// - Parameter groups: the supplementary groups.
    public init(userID: UInt32, groupID: UInt32, groups: [UInt32] = []) {
        self.userID = userID
        self.groupID = groupID
        self.groups = groups
    }
}
