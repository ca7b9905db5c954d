internal import CPkrunLinux
internal import Glibc

/// What lets one thread wake another that waits in a reactor; eventfd(2).
package final class WakeUp: Sendable {
    private let number: Int32

    package init() throws(SystemError) {
        number = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard number >= 0 else { throw SystemError("eventfd", errorNumber: errno) }
    }

    deinit { _ = close(number) }

    /// Ready with `.read` from `send` until `take`.
    package var descriptor: Int32 { number }

    /// May be called by any thread.
    package func send() { _ = eventfd_write(number, 1) }

    /// Any number of `send` so far counts as one.
    package func take() {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(number, &count)
    }
}
