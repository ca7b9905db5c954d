import Glibc
import PkrunSystem

/// Why a command cannot do its work: said on standard error, with an exit code of its own.
struct CommandFailure: Error {
    let message: String
    let exitCode: Int32

    init(_ message: String, _ exitCode: Int32) {
        self.message = message
        self.exitCode = exitCode
    }

    func leave() -> Never {
        StandardError.write("pkrun: error: \(message)\n")
        exit(exitCode)
    }
}

enum StandardError {
    static func write(_ text: String) {
        // There is nobody to tell that standard error cannot be written.
        try? Descriptor.standardError.writeAll(text)
    }
}
