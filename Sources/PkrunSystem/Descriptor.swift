internal import Glibc

/// The number of an open descriptor that somebody else owns.
///
/// Every call is repeated on EINTR. A call that cannot go on without blocking, on a descriptor with `O_NONBLOCK`,
/// returns `nil` instead of an error.
package struct Descriptor: Hashable, Sendable {
    package let number: Int32

    package init(_ number: Int32) { self.number = number }

    package static let standardInput = Descriptor(0)
    package static let standardOutput = Descriptor(1)
    package static let standardError = Descriptor(2)
}

extension Descriptor {
    /// Repeats `body` while it fails with EINTR.
    /// - Returns: what `body` returned, `nil` for EAGAIN.
    func retrying(_ call: String, _ body: () -> Int) throws(SystemError) -> Int? {
        while true {
            let result = body()
            if result >= 0 { return result }
            switch errno {
            case EINTR: continue
            case EAGAIN: return nil
            default: throw SystemError(call, "descriptor \(number)", errorNumber: errno)
            }
        }
    }

    /// As `retrying`, for calls that know no EAGAIN.
    func checking(_ call: String, _ body: () -> Int32) throws(SystemError) {
        while body() < 0 {
            guard errno == EINTR else { throw SystemError(call, "descriptor \(number)", errorNumber: errno) }
        }
    }
}
