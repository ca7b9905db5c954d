import PkrunPlan
import PkrunSystem

/// What a job reads from its standard input, as a descriptor that is open until the job has its own.
final class JobInput {
    private let file: OwnedDescriptor

    var number: Int32 { file.number }

    /// - Parameter temporaryPath: where a file may be made for a moment.
    /// - Returns: `nil` for an input that needs no file of its own.
    init?(_ input: StandardInput, temporaryPath: String) throws(SystemError) {
        switch input {
        case .none, .inherit:
            return nil
        case .file(let path):
            file = try .open(path, .readOnly)
        case .text(let text):
            file = try .open(temporaryPath, [.readWrite, .create, .exclusive], mode: 0o600)
            try FileSystem.removeFile(temporaryPath)
            try Self.fill(file.borrowed, with: Array(text.utf8))
        }
    }

    /// At an offset, so that the reader begins at the start.
    private static func fill(_ file: Descriptor, with bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            written += try file.write(bytes.span.extracting(droppingFirst: written), at: written) ?? 0
        }
    }
}
