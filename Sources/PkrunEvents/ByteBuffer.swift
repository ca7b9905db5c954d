/// Bytes that grow at the end. Of an array's `append(contentsOf:)` a short text costs five times as much.
@safe
struct ByteBuffer: ~Copyable {
    private var memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 512)
    private(set) var count = 0

    deinit { unsafe memory.deallocate() }

    var bytes: [UInt8] { unsafe Array(memory[..<count]) }

    mutating func append(_ byte: UInt8) {
        if unsafe count == memory.count { grow(by: 1) }
        unsafe memory[count] = byte
        count += 1
    }

    mutating func append(ascii character: Unicode.Scalar) { append(UInt8(ascii: character)) }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe append($0) }
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        if unsafe memory.count - count < bytes.count { grow(by: bytes.count) }
        count = unsafe memory[count...].initialize(fromContentsOf: bytes)
    }

    /// Turns around what is from there on.
    mutating func reverse(from first: Int) {
        unsafe memory[first..<count].reverse()
    }

    private mutating func grow(by size: Int) {
        let larger = unsafe UnsafeMutableBufferPointer<UInt8>.allocate(capacity: memory.count + max(size, memory.count))
        _ = unsafe larger.initialize(fromContentsOf: memory[..<count])
        unsafe memory.deallocate()
        unsafe memory = larger
    }
}
