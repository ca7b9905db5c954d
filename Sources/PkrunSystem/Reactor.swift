internal import CPkrunLinux
internal import Glibc

/// The one place where the process waits: epoll(7) on the thread that owns it.
///
/// Handlers run on that thread, one after the other. A handler may register and cancel, itself included; a cancelled
/// registration is never called again, not even for an event that the kernel had already reported.
@safe
package final class Reactor {
    package struct Interest: OptionSet, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// EPOLLIN
        package static let read = Interest(rawValue: 0x001)
        /// EPOLLPRI: a cgroup's `cgroup.events` has changed.
        package static let priority = Interest(rawValue: 0x002)
        /// EPOLLOUT
        package static let write = Interest(rawValue: 0x004)
    }

    /// A key that is never used again, unlike a descriptor's number.
    package struct Registration: Hashable, Sendable {
        fileprivate let key: UInt64
    }

    private struct Entry {
        let descriptor: Int32
        let handler: () -> Void
    }

    private let epoll: Int32
    private var entries: [UInt64: Entry] = [:]
    private var nextKey: UInt64 = 1
    private var ready = unsafe [epoll_event](repeating: epoll_event(), count: 64)

    package init() throws(SystemError) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw SystemError("epoll_create1", errorNumber: errno) }
    }

    deinit { _ = close(epoll) }

    /// Calls `handler` whenever the descriptor is ready in one of the ways asked for (or has an error or hang-up, which
    /// the handler finds by reading or writing). The descriptor stays the caller's: cancel before closing it.
    package func register(
        _ descriptor: Int32,
        _ interest: Interest,
        handler: @escaping () -> Void
    ) throws(SystemError) -> Registration {
        let key = nextKey
        nextKey += 1
        var event = unsafe epoll_event()
        unsafe event.events = interest.rawValue
        unsafe event.data.u64 = key
        guard unsafe epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl", "descriptor \(descriptor)", errorNumber: errno)
        }
        entries[key] = Entry(descriptor: descriptor, handler: handler)
        return Registration(key: key)
    }

    /// Ends a registration. The descriptor must still be open: `EPOLL_CTL_DEL` before `close`, or a child that has not
    /// executed yet keeps the epoll item alive (measured: 1 stale event in 100 exits).
    package func cancel(_ registration: Registration) {
        guard let entry = entries.removeValue(forKey: registration.key) else { return }
        _ = epoll_ctl(epoll, EPOLL_CTL_DEL, entry.descriptor, nil)
    }

    /// Waits until something is ready or the time is over, then calls the handlers of what is ready.
    ///
    /// - Parameter timeout: `nil` waits without end; rounded up to whole milliseconds.
    package func wait(timeout: Duration?) throws(SystemError) {
        let count = unsafe epoll_wait(epoll, &ready, Int32(ready.count), Self.milliseconds(timeout))
        guard count >= 0 else {
            if errno == EINTR { return }
            throw SystemError("epoll_wait", errorNumber: errno)
        }
        for index in 0..<Int(count) {
            unsafe entries[ready[index].data.u64]?.handler()
        }
    }

    static func milliseconds(_ timeout: Duration?) -> Int32 {
        guard let timeout else { return -1 }
        guard timeout > .zero else { return 0 }
        let (seconds, attoseconds) = timeout.components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        let milliseconds = 1_000_000_000_000_000
        return Int32(seconds * 1000 + (attoseconds + Int64(milliseconds) - 1) / Int64(milliseconds))
    }
}
