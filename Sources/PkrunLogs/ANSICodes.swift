/// Terminal control sequences; ECMA-48.
enum ANSICodes {
    private static let escape: UInt8 = 0x1B
    private static let bell: UInt8 = 0x07

    /// The text that a reader would see: without colours, cursor movements, titles and links.
    static func removed(from bytes: Span<UInt8>) -> [UInt8] {
        let line = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
        guard line.contains(escape) else { return line }
        var text: [UInt8] = []
        text.reserveCapacity(line.count)
        var index = 0
        while index < line.count {
            let byte = line[index]
            if byte == escape {
                index = end(ofSequenceAt: index, in: line)
            } else {
                text.append(byte)
                index += 1
            }
        }
        return text
    }

    private static func end(ofSequenceAt start: Int, in line: [UInt8]) -> Int {
        guard start + 1 < line.count else { return line.count }
        switch line[start + 1] {
        case UInt8(ascii: "["): return endOfControlSequence(from: start + 2, in: line)
        case UInt8(ascii: "]"): return endOfCommandString(from: start + 2, in: line)
        default: return start + 2
        }
    }

    /// CSI: parameters and intermediates, then one final byte of 0x40…0x7E.
    private static func endOfControlSequence(from start: Int, in line: [UInt8]) -> Int {
        var index = start
        while index < line.count, !(0x40...0x7E).contains(line[index]) { index += 1 }
        return min(index + 1, line.count)
    }

    /// OSC: anything up to BEL or ESC \.
    private static func endOfCommandString(from start: Int, in line: [UInt8]) -> Int {
        var index = start
        while index < line.count {
            if line[index] == bell { return index + 1 }
            if line[index] == escape { return min(index + 2, line.count) }
            index += 1
        }
        return line.count
    }
}
