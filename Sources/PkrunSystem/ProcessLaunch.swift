/// What a new process gets.
package struct ProcessLaunch: Sendable {
    package var arguments: [String]
    /// `NAME=value` each.
    package var environment: [String]
    /// Paths to execute, of which the first that exists is taken, as execvp(3) does.
    package var candidates: [String]
    package var directory: String
    /// Descriptors that become 0, 1 and 2.
    package var streams: (input: Int32, output: Int32, error: Int32)
    package var identity: Identity?

    package struct Identity: Sendable {
        package var userID: UInt32
        package var groupID: UInt32
        package var groups: [UInt32]

        package init(userID: UInt32, groupID: UInt32, groups: [UInt32]) {
            self.userID = userID
            self.groupID = groupID
            self.groups = groups
        }
    }

    package init(
        arguments: [String],
        environment: [String],
        candidates: [String],
        directory: String,
        streams: (input: Int32, output: Int32, error: Int32),
        identity: Identity?
    ) {
        self.arguments = arguments
        self.environment = environment
        self.candidates = candidates
        self.directory = directory
        self.streams = streams
        self.identity = identity
    }
}

/// The cgroup that a new process lives in.
package enum Birthplace: Sendable {
    /// That of this process.
    case here
    /// Born in the cgroup whose directory this is; CLONE_INTO_CGROUP, clone(2).
    case cgroup(Descriptor)
    /// Born here, and moved before it executes its program by a write to this `cgroup.procs`.
    case joining(Descriptor)
}

/// How a start went.
package enum LaunchResult {
    case started(processID: Int32, ProcessDescriptor)
    /// Killed before its first instruction: the kernel does so to a process that is born into a cgroup which was killed
    /// before, or whose parent lives in such a one.
    case killedAtBirth
    case failed(LaunchFailure)
}

/// The step of a start that failed; the values are those of CPkrunLinux.h.
package struct LaunchFailure: Equatable, Sendable {
    package var step: Int32
    package var errorNumber: Int32

    package init(step: Int32, errorNumber: Int32) {
        self.step = step
        self.errorNumber = errorNumber
    }
}
