/// What processes have had read from storage, and written to it, in bytes.
///
/// What the page cache answers is not read, and what is written counts when it is to be written, once for each time that
/// a page becomes dirty. File systems in memory, and most that are not on a block device, are no storage.
package struct StorageTraffic: Equatable, Sendable {
    package var read: UInt64
    package var written: UInt64

    package init(read: UInt64 = 0, written: UInt64 = 0) {
        self.read = read
        self.written = written
    }

    /// Of a process and of what it has waited for, as long as it is not waited for itself; proc_pid_io(5).
    /// - Returns: `nil` where it is gone, or belongs to somebody else.
    package init?(of processID: Int32) {
        guard let text = try? FileSystem.contents(of: "/proc/\(processID)/io") else { return nil }
        self.init()
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "))
            guard words.count == 2, let number = UInt64(String(decoding: words[1], as: UTF8.self)) else { continue }
            switch String(decoding: words[0], as: UTF8.self) {
            case "read_bytes:": read = number
            case "write_bytes:": written = number
            default: break
            }
        }
    }

    package static func + (first: StorageTraffic, second: StorageTraffic) -> StorageTraffic {
        StorageTraffic(read: first.read + second.read, written: first.written + second.written)
    }
}
