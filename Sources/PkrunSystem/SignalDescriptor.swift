internal import CPkrunLinux
internal import Glibc

/// Signals as something to read; signalfd(2).
///
/// They are blocked in the calling thread, for good. Every other thread must block them too, or the kernel hands them
/// to that thread instead.
package struct SignalDescriptor: ~Copyable {
    private let owned: OwnedDescriptor

    package var number: Int32 { owned.number }

    package init(_ signals: [Int32]) throws(SystemError) {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in signals { unsafe sigaddset(&set, signal) }
        let status = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        guard status == 0 else { throw SystemError("pthread_sigmask", errorNumber: status) }
        let number = unsafe signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        guard number >= 0 else { throw SystemError("signalfd", errorNumber: errno) }
        owned = OwnedDescriptor(taking: number)
    }

    /// A signal that has arrived, and who sent it: 0 for the kernel, as when the terminal sends it.
    package func next() -> (signal: Int32, sender: Int32)? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        var count = 0
        repeat { count = unsafe read(number, &info, size) } while count < 0 && errno == EINTR
        guard count == size else { return nil }
        return (Int32(info.ssi_signo), Int32(info.ssi_pid))
    }
}
