internal import CPkrunLinux
internal import Glibc

/// A process, addressed so that no later one of the same number can be meant; pidfd_open(2).
///
/// Readable, as a reactor sees it, once the process has ended. Closed with its last reference.
package final class ProcessDescriptor {
    private let owned: OwnedDescriptor

    package var number: Int32 { owned.number }

    /// Takes over an open pidfd.
    package init(taking number: Int32) {
        owned = OwnedDescriptor(taking: number)
    }

    package init(of processID: Int32) throws(SystemError) {
        let number = pkrun_pidfd_open(processID)
        guard number >= 0 else { throw SystemError("pidfd_open", "process \(processID)", errorNumber: errno) }
        owned = OwnedDescriptor(taking: number)
    }

    /// pidfd_send_signal(2)
    /// - Returns: whether the process was still there.
    @discardableResult
    package func send(_ signal: Int32) throws(SystemError) -> Bool {
        guard pkrun_pidfd_send_signal(number, signal) != 0 else { return true }
        guard errno == ESRCH else { throw SystemError("pidfd_send_signal", errorNumber: errno) }
        return false
    }

    /// kill(2), to a child that only this process can reap, and has not reaped.
    package static func send(_ signal: Int32, toUnreaped child: Int32) throws(SystemError) {
        guard kill(child, signal) != 0 else { return }
        throw SystemError("kill", "process \(child)", errorNumber: errno)
    }

    /// killpg(3). A group without members is no error.
    package static func send(_ signal: Int32, toGroup group: Int32) throws(SystemError) {
        guard killpg(group, signal) != 0, errno != ESRCH else { return }
        throw SystemError("killpg", "group \(group)", errorNumber: errno)
    }
}
