internal import CPkrunLinux
internal import Glibc

extension Descriptor {
    /// ftruncate(2)
    package func truncate(to length: Int) throws(SystemError) {
        try checking("ftruncate") { ftruncate(number, length) }
    }

    /// Sets or clears `O_NONBLOCK`. It belongs to the open file: whoever shares the file sees it too.
    package func setNonblocking(_ nonblocking: Bool) throws(SystemError) {
        let flags = fcntl(number, F_GETFL)
        guard flags >= 0 else { throw SystemError("fcntl", "descriptor \(number)", errorNumber: errno) }
        try checking("fcntl") { fcntl(number, F_SETFL, nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK) }
    }

    /// A pipe's capacity, which the kernel rounds up; fails with EPERM above /proc/sys/fs/pipe-max-size.
    package func setPipeCapacity(_ bytes: Int32) throws(SystemError) {
        try checking("fcntl") { pkrun_set_pipe_capacity(number, bytes) }
    }

    /// A second descriptor of the same open file, closed on execve(2).
    package func duplicate() throws(SystemError) -> OwnedDescriptor {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw SystemError("fcntl", "descriptor \(number)", errorNumber: errno) }
        return OwnedDescriptor(taking: copy)
    }

    /// flock(2), exclusive, without waiting. The lock belongs to the open file and ends with its last descriptor.
    /// - Returns: whether the lock is ours now.
    package func tryLock() throws(SystemError) -> Bool {
        while flock(number, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return false
            default: throw SystemError("flock", "descriptor \(number)", errorNumber: errno)
            }
        }
        return true
    }

    /// isatty(3)
    package var isTerminal: Bool { isatty(number) == 1 }
}
