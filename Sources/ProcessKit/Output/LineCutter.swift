/// Cuts what a process writes into lines, whatever the pieces in which it arrives. No byte is lost or changed.
struct LineCutter {
    private let limit: Int
    private var unfinished: [OutputStream: [UInt8]] = [:]
    private var lines: ArraySlice<OutputLine> = []

    /// - Parameter limit: a line of more bytes is handed over in pieces of so many.
    init(limit: Int = 1 << 20) { self.limit = limit }

    /// The oldest line that is complete.
    mutating func next() -> OutputLine? { lines.popFirst() }

    mutating func feed(_ bytes: [UInt8], from stream: OutputStream) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: Self.newline) {
            hold(rest[..<end], from: stream)
            finish(stream, endsWithNewline: true)
            rest = rest[(end + 1)...]
        }
        hold(rest, from: stream)
    }

    /// Nothing more will come: what has no newline is a line too.
    mutating func finish() {
        for stream in OutputStream.allCases where !(unfinished[stream] ?? []).isEmpty {
            finish(stream, endsWithNewline: false)
        }
    }

    private static let newline = UInt8(ascii: "\n")

    private mutating func hold(_ piece: ArraySlice<UInt8>, from stream: OutputStream) {
        var rest = piece
        while !rest.isEmpty {
            let room = limit - (unfinished[stream]?.count ?? 0)
            unfinished[stream, default: []].append(contentsOf: rest.prefix(room))
            rest = rest.dropFirst(room)
            if !rest.isEmpty { finish(stream, endsWithNewline: false) }
        }
    }

    private mutating func finish(_ stream: OutputStream, endsWithNewline: Bool) {
        let bytes = unfinished.removeValue(forKey: stream) ?? []
        lines.append(OutputLine(stream: stream, bytes: bytes, endsWithNewline: endsWithNewline))
    }
}
