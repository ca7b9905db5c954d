internal import Glibc

/// Cuts a stream of bytes into lines, whatever the chunks in which it arrives.
///
/// A line that does not end within `limit` bytes is handed over cut at the limit. Time is linear in the bytes fed, and
/// memory is bounded by the limit.
package struct LineFramer: Sendable {
    private var unfinished: [UInt8] = []
    private let limit: Int

    package init(limit: Int = 65_536) { self.limit = limit }

    /// Calls `body` with each line that the chunk completes, without its newline.
    /// - Parameter body: answers whether it wants more; after `false` the rest of the chunk is dropped.
    package mutating func feed(_ chunk: Span<UInt8>, _ body: (Span<UInt8>) -> Bool) {
        var start = 0
        while start < chunk.count {
            guard let end = Self.newline(in: chunk, from: start) else {
                hold(chunk.extracting(start..<chunk.count))
                return
            }
            if !finish(chunk.extracting(start..<end), body) { return }
            start = end + 1
        }
    }

    private mutating func hold(_ piece: Span<UInt8>) {
        let room = min(piece.count, limit - unfinished.count)
        unsafe piece.extracting(first: room).withUnsafeBufferPointer { unsafe unfinished.append(contentsOf: $0) }
    }

    private mutating func finish(_ piece: Span<UInt8>, _ body: (Span<UInt8>) -> Bool) -> Bool {
        guard !unfinished.isEmpty else { return body(piece.extracting(first: min(piece.count, limit))) }
        hold(piece)
        defer { unfinished.removeAll(keepingCapacity: true) }
        return body(unfinished.span)
    }

    /// memchr(3)
    private static func newline(in bytes: Span<UInt8>, from start: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            guard let found = unsafe memchr(base + start, 0x0A, bytes.count - start) else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}
