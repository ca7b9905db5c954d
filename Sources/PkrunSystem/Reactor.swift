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

    /// A descriptor, and which of its registrations: the number of a descriptor is used again.
    package struct Registration: Hashable, Sendable {
        fileprivate let descriptor: Int32
        fileprivate let count: UInt32

        fileprivate init(descriptor: Int32, count: UInt32) {
            self.descriptor = descriptor
            self.count = count
        }

        /// As the kernel keeps it.
        fileprivate init(_ raw: UInt64) {
            self.init(descriptor: Int32(truncatingIfNeeded: raw), count: UInt32(raw >> 32))
        }

        fileprivate var raw: UInt64 { UInt64(count) << 32 | UInt64(UInt32(bitPattern: descriptor)) }
    }

    private struct Entry {
        let registration: Registration
        let handler: () -> Void
    }

    private let epoll: Int32
    /// By their descriptors, of which the kernel gives out the lowest first.
    private var entries: [Entry?] = []
    private var count: UInt32 = 0
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
        count &+= 1
        let registration = Registration(descriptor: descriptor, count: count)
        var event = unsafe epoll_event()
        unsafe event.events = interest.rawValue
        unsafe event.data.u64 = registration.raw
        guard unsafe epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl", "descriptor \(descriptor)", errorNumber: errno)
        }
        while entries.count <= descriptor { entries.append(nil) }
        entries[Int(descriptor)] = Entry(registration: registration, handler: handler)
        return registration
    }

    /// Ends a registration. The descriptor must still be open: `EPOLL_CTL_DEL` before `close`, or a child that has not
    /// executed yet keeps the epoll item alive (measured: 1 stale event in 100 exits).
    package func cancel(_ registration: Registration) {
        guard handler(of: registration) != nil else { return }
        entries[Int(registration.descriptor)] = nil
        _ = epoll_ctl(epoll, EPOLL_CTL_DEL, registration.descriptor, nil)
    }

    /// - Returns: `nil` where it is cancelled.
    private func handler(of registration: Registration) -> (() -> Void)? {
        guard let entry = entries[Int(registration.descriptor)], entry.registration == registration else { return nil }
        return entry.handler
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
            unsafe handler(of: Registration(ready[index].data.u64))?()
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
