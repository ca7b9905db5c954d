/// One of the two streams that a process writes to.
public enum OutputStream: Sendable, CaseIterable {
    /// Descriptor 1 of the process.
    case standardOutput
    /// Descriptor 2 of the process.
    case standardError
}

/// A line that a process has written.
public struct OutputLine: Sendable, Equatable {
    /// Where it was written.
    public var stream: OutputStream
    /// Exactly what was written, without the newline.
    public var bytes: [UInt8]
    /// Whether a newline ended it. The last line may have none; a line of more than a mebibyte comes in pieces, of
    /// which only the last has one.
    public var endsWithNewline: Bool

    /// The bytes as UTF-8; what is none is shown by replacement characters.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
