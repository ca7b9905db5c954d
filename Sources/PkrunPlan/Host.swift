package import PkrunManifest

/// What the planner may ask about the machine, as functions: a plan depends on nothing else outside the manifest.
package struct Host: Sendable {
    /// A variable of pkrun's own environment.
    package var environment: @Sendable (_ name: String) -> String?
    /// A file by its absolute path.
    package var readFile: @Sendable (_ path: String) -> FileContent
    /// A user by name, or by number in decimal; getpwnam(3), getpwuid(3), getgrouplist(3).
    package var user: @Sendable (_ nameOrNumber: String) -> Identity?
    /// A group's number by name; getgrnam(3). A number in decimal stands for itself, with or without an entry.
    package var group: @Sendable (_ nameOrNumber: String) -> UInt32?
    /// geteuid(2)
    package var effectiveUserID: UInt32

    package init(
        environment: @escaping @Sendable (_ name: String) -> String?,
        readFile: @escaping @Sendable (_ path: String) -> FileContent,
        user: @escaping @Sendable (_ nameOrNumber: String) -> Identity?,
        group: @escaping @Sendable (_ nameOrNumber: String) -> UInt32?,
        effectiveUserID: UInt32
    ) {
        self.environment = environment
        self.readFile = readFile
        self.user = user
        self.group = group
        self.effectiveUserID = effectiveUserID
    }
}
