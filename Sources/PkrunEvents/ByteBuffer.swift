/// Bytes that grow at the end. Of an array's `append(contentsOf:)` a short text costs five times as much.
@safe
struct ByteBuffer: ~Copyable {
    private var memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 512)
    private(set) var count = 0

    deinit { unsafe memory.deallocate() }

    var bytes: [UInt8] { unsafe Array(memory[..<count]) }

    func withBytes<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        let written = unsafe UnsafeBufferPointer(rebasing: memory[..<count])
        try unsafe body(written.span)
    }

    /// Keeps its memory for what comes next, unless that is much.
    mutating func removeAll() {
        if unsafe memory.count > Self.kept { self = ByteBuffer() } else { count = 0 }
    }

    private static let kept = 1 << 17

    mutating func append(_ byte: UInt8) {
        if room == 0 { grow(by: 1) }
        unsafe memory[count] = byte
        count += 1
    }

    mutating func append(ascii character: Unicode.Scalar) { append(UInt8(ascii: character)) }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe append($0) }
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        if room < bytes.count { grow(by: bytes.count) }
        count = unsafe memory[count...].initialize(fromContentsOf: bytes)
    }

    /// - Parameter width: zeros are put in front up to it.
    mutating func append(digits value: UInt64, width: Int) {
        var length = 1
        var rest = value / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        length = max(length, width)
        if room < length { grow(by: length) }
        rest = value
        for place in (count..<count + length).reversed() {
            unsafe memory[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        count += length
    }

    private var room: Int { unsafe memory.count - count }

    private mutating func grow(by size: Int) {
        let larger = unsafe UnsafeMutableBufferPointer<UInt8>.allocate(capacity: memory.count + max(size, memory.count))
        _ = unsafe larger.initialize(fromContentsOf: memory[..<count])
        unsafe memory.deallocate()
        unsafe memory = larger
    }
}
