/// The text of a manifest, and where it comes from.
package struct ManifestSource: Sendable {
    package var bytes: [UInt8]
    /// The name for messages.
    package var path: String
    /// Absolute path of the directory that holds it.
    package var directory: String

    package init(_ bytes: [UInt8], path: String, directory: String) {
        self.bytes = bytes
        self.path = path
        self.directory = directory
    }
}

/// What there is where a file is looked for.
package enum FileContent: Sendable {
    case bytes([UInt8])
    case missing
    /// There is something that cannot be read: strerror(3).
    case unreadable(String)
}
