package import PkrunSystem

/// A file that only grows: what is given to it is in the file, in order, when `append` returns.
///
/// With a limit, a file that would grow beyond it is put aside first, as `<path>.1`, the one before as `<path>.2`, and
/// so on; the oldest one beyond the count goes. Together, and in their order, they hold every byte as it was written.
package final class LogFile {
    package let path: String
    private var file: OwnedDescriptor
    private let limit: Limit?
    /// Where in the file begins what this value has seen being written.
    private(set) var start: Int
    /// How much more the file takes.
    private var room: Int

    package struct Limit: Sendable {
        /// In bytes.
        package var size: Int
        /// How many there are, the one that is written to counted; at least 2.
        package var files: Int

        package init(size: Int, files: Int) {
            self.size = size
            self.files = files
        }
    }

    /// Opens the file for appending; makes it where it does not exist.
    package init(path: String, limit: Limit? = nil) throws(SystemError) {
        self.path = path
        self.limit = limit
        file = try Self.opened(path)
        start = try FileStatus(of: file.borrowed).size
        room = limit.map { [start] in max($0.size - start, 0) } ?? .max
    }

    private static func opened(_ path: String) throws(SystemError) -> OwnedDescriptor {
        try OwnedDescriptor.open(path, flags, mode: 0o644)
    }

    /// Made once: a set made of its elements costs a visible part of a short job.
    private static let flags: OpenFlags = [.writeOnly, .create, .append]

    /// For a process that writes to the log itself.
    package var number: Int32 { file.number }

    var descriptor: Descriptor { file.borrowed }

    package func append(_ bytes: Span<UInt8>) throws(SystemError) {
        guard let limit else { return try write(bytes) }
        var written = 0
        while written < bytes.count {
            let rest = bytes.extracting(droppingFirst: written)
            let count = Self.fitting(rest, in: room, isFresh: room == limit.size)
            if count > 0 {
                try write(rest.extracting(first: count))
                room -= count
                written += count
            }
            if written < bytes.count { try putAside(limit) }
        }
    }

    /// How many bytes go into the room: all, else whole lines; a line that is too long for a whole file is cut.
    private static func fitting(_ bytes: Span<UInt8>, in room: Int, isFresh: Bool) -> Int {
        guard bytes.count > room else { return bytes.count }
        var end = room
        while end > 0, bytes[end - 1] != UInt8(ascii: "\n") { end -= 1 }
        return end == 0 && isFresh ? room : end
    }

    private func putAside(_ limit: Limit) throws(SystemError) {
        for number in (1..<limit.files).reversed() {
            let older = number == 1 ? path : "\(path).\(number - 1)"
            do throws(SystemError) {
                try FileSystem.rename(older, to: "\(path).\(number)")
            } catch {
                guard error.errorNumber == ErrorNumber.noEntry else { throw error }
            }
        }
        file = try Self.opened(path)
        start = 0
        room = limit.size
    }

    private func write(_ bytes: Span<UInt8>) throws(SystemError) {
        do {
            try file.borrowed.writeAll(bytes)
        } catch {
            throw SystemError(error.call, path, errorNumber: error.errorNumber)
        }
    }
}
