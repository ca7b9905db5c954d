/// Everything that a new process gets; what is not named here it does not inherit.
///
/// The child leads a process group of its own and has no controlling terminal but a given one, default signal
/// dispositions, an empty signal mask and no descriptors but those that are named here.
package struct SpawnRequest: Sendable {
    /// The program and its arguments. A name without a slash is looked up in the `PATH` of `environment`.
    package var arguments: [String]
    /// The program, where the first of `arguments` is not to name it.
    package var program: String?
    /// `NAME=value` each; the whole environment. `nil`: that of this process, as it is at the start.
    package var environment: [String]?
    /// `nil`: that of this process.
    package var workingDirectory: String?
    /// Descriptors of this process that become 0, 1 and 2 of the child.
    package var standardInput: Int32
    package var standardOutput: Int32
    package var standardError: Int32
    /// Descriptors of this process that the child has too, by the numbers that it knows them by, from 3 on.
    package var extraDescriptors: [Int32: Int32] = [:]
    /// Whether it leads a session of its own too; setsid(2).
    package var leadsSession = false
    /// A descriptor of the terminal that becomes the controlling one, with the child in its foreground. It leads a
    /// session of its own then.
    package var terminal: Int32?
    package var credentials: Credentials?
    package var attributes: ProcessAttributes

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
        environment: [String]?,
        workingDirectory: String?,
        standardInput: Int32,
        standardOutput: Int32,
        standardError: Int32,
        credentials: Credentials? = nil,
        attributes: ProcessAttributes = ProcessAttributes()
    ) {
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.standardInput = standardInput
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.credentials = credentials
        self.attributes = attributes
    }
}
