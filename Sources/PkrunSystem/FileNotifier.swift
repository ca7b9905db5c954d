internal import Glibc

/// Tells what happens to the entries of directories; inotify(7).
package struct FileNotifier: ~Copyable {
    /// What happened to one entry of a watched directory.
    package struct Event: Equatable, Sendable {
        /// As `watch` returned it; -1 where events were lost.
        package var watch: Int32
        package var name: String
        package var isDirectory: Bool
        package var kind: Kind
    }

    package enum Kind: Equatable, Sendable {
        /// Made, moved here, or written and closed.
        case appeared
        /// Removed, or moved away.
        case vanished
        /// The directory itself is gone, and its watch with it.
        case ended
        /// The kernel's queue was full: anything may have happened.
        case overflowed
    }

    private static let appeared = UInt32(IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE)
    private static let vanished = UInt32(IN_DELETE | IN_MOVED_FROM)

    private let owned: OwnedDescriptor

    /// Ready with `.read` when there are events.
    package var descriptor: Int32 { owned.number }

    package init() throws(SystemError) {
        let number = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard number >= 0 else {
            throw SystemError("inotify_init1 (limited by fs.inotify.max_user_instances)", errorNumber: errno)
        }
        owned = OwnedDescriptor(taking: number)
    }

    /// inotify_add_watch(2): the same watch for the same directory.
    package func watch(_ directory: String) throws(SystemError) -> Int32 {
        let mask = Self.appeared | Self.vanished | UInt32(IN_ONLYDIR) | UInt32(IN_EXCL_UNLINK)
        let watch = unsafe inotify_add_watch(owned.number, directory, mask)
        guard watch >= 0 else {
            let limit = " (fs.inotify.max_user_watches is reached: sysctl(8) raises it)"
            throw SystemError("inotify_add_watch\(errno == ENOSPC ? limit : "")", directory, errorNumber: errno)
        }
        return watch
    }

    /// inotify_rm_watch(2)
    package func forget(_ watch: Int32) {
        _ = inotify_rm_watch(owned.number, watch)
    }

    /// What has happened since the last time, the oldest first.
    package func next() throws(SystemError) -> [Event] {
        var events: [Event] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while let count = try owned.borrowed.read(into: &buffer), count > 0 {
            var rest = buffer[..<count]
            while let event = Self.takeEvent(from: &rest) { events.append(event) }
        }
        return events
    }

    /// `struct inotify_event`: watch, mask, cookie and length of 4 bytes each, then the name with NULs behind it.
    private static func takeEvent(from bytes: inout ArraySlice<UInt8>) -> Event? {
        guard bytes.count >= 16 else { return nil }
        let watch = Int32(bitPattern: number(in: bytes, at: 0))
        let mask = number(in: bytes, at: 4)
        let length = Int(number(in: bytes, at: 12))
        bytes = bytes.dropFirst(16)
        let name = String(decoding: bytes.prefix(length).prefix { $0 != 0 }, as: UTF8.self)
        bytes = bytes.dropFirst(length)
        let kind: Kind =
            if mask & UInt32(IN_Q_OVERFLOW) != 0 {
                .overflowed
            } else if mask & UInt32(IN_IGNORED) != 0 {
                .ended
            } else {
                mask & vanished != 0 ? .vanished : .appeared
            }
        return Event(watch: watch, name: name, isDirectory: mask & UInt32(IN_ISDIR) != 0, kind: kind)
    }

    /// Little-endian, as every machine that pkrun runs on.
    private static func number(in bytes: ArraySlice<UInt8>, at offset: Int) -> UInt32 {
        bytes.dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
