internal import CPkrunLinux
internal import Glibc

/// Threads beside those of Swift's own runtime; pthreads(7).
package enum SystemThread {
    /// pthread_self(3): tells threads apart while they live.
    package static var current: UInt { pthread_self() }

    /// Runs `body` on a new thread that takes no signal: they go to the program's other threads, and a write to a pipe
    /// without reader fails with EPIPE.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        var everySignal = sigset_t()
        var usual = sigset_t()
        unsafe sigfillset(&everySignal)
        // The new thread inherits the mask.
        unsafe pthread_sigmask(SIG_SETMASK, &everySignal, &usual)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &usual, nil) }
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let status = unsafe pthread_create(&thread, nil, { unsafe Work.run($0) }, unsafe work.toOpaque())
        guard status == 0 else {
            unsafe work.release()
            throw SystemError("pthread_create", errorNumber: status)
        }
        pthread_detach(thread)
    }

    private final class Work {
        private let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        static func run(_ opaque: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            guard let opaque = unsafe opaque else { return nil }
            unsafe Unmanaged<Work>.fromOpaque(opaque).takeRetainedValue().body()
            return nil
        }
    }
}
