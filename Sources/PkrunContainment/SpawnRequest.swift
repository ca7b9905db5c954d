/// Everything that a new process gets; what is not named here it does not inherit.
///
/// The child starts in a new session, with default signal dispositions, an empty signal mask and no descriptors
/// but 0, 1 and 2.
package struct SpawnRequest: Sendable {
    /// The program and its arguments. A name without a slash is looked up in the `PATH` of `environment`.
    package var arguments: [String]
    /// `NAME=value` each; the whole environment.
    package var environment: [String]
    package var workingDirectory: String
    /// Descriptors of this process that become 0, 1 and 2 of the child.
    package var standardInput: Int32
    package var standardOutput: Int32
    package var standardError: Int32
    package var credentials: Credentials?

    package struct Credentials: Sendable {
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
        workingDirectory: String,
        standardInput: Int32,
        standardOutput: Int32,
        standardError: Int32,
        credentials: Credentials? = nil
    ) {
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.standardInput = standardInput
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.credentials = credentials
    }
}

/// Why a process could not be started: which step, and what the kernel said.
package struct SpawnError: Error, Equatable, Sendable {
    package var step: SpawnStep
    /// The path or number that the step was about.
    package var subject: String
    /// errno(3)
    package var errorNumber: Int32

    package init(step: SpawnStep, subject: String, errorNumber: Int32) {
        self.step = step
        self.subject = subject
        self.errorNumber = errorNumber
    }
}

/// The steps of a start, in the order in which they are taken.
package enum SpawnStep: Int32, Sendable {
    case createContainer = 1
    case createProcess = 2
    case joinContainer = 3
    case newSession = 4
    case standardStreams = 5
    case setGroups = 6
    case setGroupID = 7
    case setUserID = 8
    case workingDirectory = 9
    case execute = 10
}
