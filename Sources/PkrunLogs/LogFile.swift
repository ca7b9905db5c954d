package import PkrunSystem

/// A file that only grows: what is given to it is in the file, in order, when `append` returns.
package final class LogFile {
    package let path: String
    private let file: OwnedDescriptor

    /// Opens the file for appending; makes it where it does not exist.
    package init(path: String) throws(SystemError) {
        self.path = path
        file = try OwnedDescriptor.open(path, [.writeOnly, .create, .append], mode: 0o644)
    }

    /// For a process that writes to the log itself.
    package var number: Int32 { file.number }

    package func append(_ bytes: Span<UInt8>) throws(SystemError) {
        do {
            try file.borrowed.writeAll(bytes)
        } catch {
            throw SystemError(error.call, path, errorNumber: error.errorNumber)
        }
    }
}
