internal import Glibc

/// A system call that failed: which one, on what, and errno(3).
package struct SystemError: Error, Equatable, Sendable {
    /// The C name, as in man section 2.
    package var call: String
    /// The path, descriptor or process that it was about; may be empty.
    package var subject: String
    package var errorNumber: Int32

    package init(_ call: String, _ subject: String = "", errorNumber: Int32) {
        self.call = call
        self.subject = subject
        self.errorNumber = errorNumber
    }
}

extension SystemError: CustomStringConvertible {
    package var description: String {
        let about = subject.isEmpty ? "" : " '\(subject)'"
        return "\(call)\(about): \(Self.message(for: errorNumber))"
    }

    /// strerror_r(3)
    package static func message(for errorNumber: Int32) -> String {
        unsafe String(cString: strerror(errorNumber))
    }
}
