internal import Glibc

/// Puts a prefix before every line of one stream, so that the lines of many jobs can be told apart on one terminal.
///
/// An unfinished line is held back until its end comes, or it would be torn by the lines of others. A line longer than
/// the limit is shown in pieces of that length, each on a line of its own. No other byte is changed, added or lost. How
/// the stream is cut into chunks makes no difference.
package struct OutputPrefixer: Sendable {
    /// So much of an unfinished line is held back.
    package static let lineLimit = 65_536

    private var prefix: [UInt8]
    /// What follows the prefix, asked for when a line is shown.
    private var stamp: (@Sendable () -> [UInt8])?
    private let limit: Int
    private var unfinished: [UInt8] = []

    package init(prefix: [UInt8], stamp: (@Sendable () -> [UInt8])? = nil, lineLimit: Int = lineLimit) {
        self.prefix = prefix
        self.stamp = stamp
        limit = lineLimit
    }

    /// Lines begin as another one's do from now on.
    package mutating func begin(as other: OutputPrefixer) {
        prefix = other.prefix
        stamp = other.stamp
    }

    /// Takes a chunk of the stream and appends the lines that it completes to `output`.
    package mutating func append(_ chunk: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard var next = chunk.baseAddress else { return }
        let end = unsafe next + chunk.count
        while let newline = unsafe memchr(next, 0x0A, end - next) {
            let line = unsafe UnsafeRawBufferPointer(start: next, count: UnsafeRawPointer(newline) - next)
            if unfinished.isEmpty, line.count <= limit {
                begin(&output)
                unsafe output.append(contentsOf: line)
                output.append(0x0A)
            } else {
                unsafe hold(line, showing: &output)
                show(&output)
            }
            unsafe next = UnsafeRawPointer(newline) + 1
        }
        unsafe hold(UnsafeRawBufferPointer(start: next, count: end - next), showing: &output)
    }

    /// The stream has ended: what was held back is appended to `output` with a newline.
    package mutating func flush(to output: inout [UInt8]) {
        if !unfinished.isEmpty { show(&output) }
    }

    /// Adds to the unfinished line, which is shown in pieces as far as it exceeds the limit.
    private mutating func hold(_ bytes: UnsafeRawBufferPointer, showing output: inout [UInt8]) {
        var rest = unsafe bytes[...]
        while unsafe unfinished.count + rest.count > limit {
            let piece = unsafe rest.prefix(limit - unfinished.count)
            unsafe unfinished.append(contentsOf: piece)
            unsafe rest = rest.dropFirst(piece.count)
            show(&output)
        }
        unsafe unfinished.append(contentsOf: rest)
    }

    private func begin(_ output: inout [UInt8]) {
        output.append(contentsOf: prefix)
        if let stamp { output.append(contentsOf: stamp()) }
    }

    private mutating func show(_ output: inout [UInt8]) {
        begin(&output)
        output.append(contentsOf: unfinished)
        output.append(0x0A)
        unfinished.removeAll(keepingCapacity: true)
    }
}
