/// Writes JSON (RFC 8259) into a buffer, value by value. The caller minds the grammar, the writer the commas.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    /// The next value or key has one before it.
    private var needsComma = false
    /// A key waits for its value.
    private var isAfterKey = false
    private var depth = 0
    private let isIndented: Bool

    /// - Parameter isIndented: one value a line, for files that people open.
    package init(isIndented: Bool = false) { self.isIndented = isIndented }

    /// Forgets what was written, but keeps the memory.
    mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    package mutating func object(_ fields: (inout JSONWriter) -> Void) {
        nest(open: "{", close: "}", fields)
    }

    package mutating func array(_ elements: (inout JSONWriter) -> Void) {
        nest(open: "[", close: "]", elements)
    }

    private mutating func nest(open: Unicode.Scalar, close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
        separate()
        append(open)
        needsComma = false
        depth += 1
        body(&self)
        depth -= 1
        if needsComma { breakLine() }
        append(close)
        needsComma = true
    }

    package mutating func key(_ key: String) {
        separate()
        append("\"")
        bytes.append(contentsOf: key.utf8)
        append("\"")
        append(":")
        if isIndented { append(" ") }
        needsComma = false
        isAfterKey = true
    }

    package mutating func field(_ key: String, _ value: String) {
        self.key(key)
        string(value)
    }

    package mutating func field(_ key: String, _ value: some BinaryInteger) {
        self.key(key)
        integer(value)
    }

    mutating func field(_ key: String, _ value: Bool) {
        self.key(key)
        separate()
        bytes += Array(value.description.utf8)
        needsComma = true
    }

    package mutating func string(_ value: String) {
        separate()
        append("\"")
        if value.utf8.contains(where: Self.needsEscape) {
            for byte in value.utf8 { appendEscaped(byte) }
        } else {
            bytes.append(contentsOf: value.utf8)
        }
        append("\"")
        needsComma = true
    }

    package mutating func integer(_ value: some BinaryInteger) {
        separate()
        appendDigits(UInt64(value.magnitude), isNegative: value < 0)
        needsComma = true
    }

    /// Seconds with at most six decimals.
    mutating func seconds(_ duration: Duration) {
        separate()
        let (seconds, attoseconds) = duration.components
        var fraction = UInt64(attoseconds.magnitude / 1_000_000_000_000)
        appendDigits(seconds.magnitude, isNegative: duration < .zero)
        if fraction > 0 {
            append(".")
            var digits = 6
            while fraction.isMultiple(of: 10) {
                fraction /= 10
                digits -= 1
            }
            appendDigits(fraction, width: digits)
        }
        needsComma = true
    }

    mutating func timestamp(_ time: Timestamp) {
        separate()
        append("\"")
        appendUnquoted(time)
        append("\"")
        needsComma = true
    }

    mutating func endLine() {
        append("\n")
        needsComma = false
    }

    mutating func appendUnquoted(_ time: Timestamp) {
        let perDay: Int64 = 86_400_000_000
        let days = (time.microseconds - (time.microseconds < 0 ? perDay - 1 : 0)) / perDay
        let ofDay = UInt64(time.microseconds - days * perDay)
        let date = Timestamp.Date(days: days)
        appendDigits(UInt64(date.year.magnitude), width: 4)
        append("-")
        appendDigits(UInt64(date.month), width: 2)
        append("-")
        appendDigits(UInt64(date.day), width: 2)
        append("T")
        appendDigits(ofDay / 3_600_000_000, width: 2)
        append(":")
        appendDigits(ofDay / 60_000_000 % 60, width: 2)
        append(":")
        appendDigits(ofDay / 1_000_000 % 60, width: 2)
        append(".")
        appendDigits(ofDay % 1_000_000, width: 6)
        append("Z")
    }

    private mutating func separate() {
        if isAfterKey {
            isAfterKey = false
            return
        }
        if needsComma { append(",") }
        if depth > 0 { breakLine() }
    }

    private mutating func breakLine() {
        guard isIndented else { return }
        append("\n")
        for _ in 0..<depth { bytes.append(contentsOf: "  ".utf8) }
    }

    private mutating func append(_ scalar: Unicode.Scalar) { bytes.append(UInt8(ascii: scalar)) }

    /// - Parameter width: zeros are put in front up to it.
    private mutating func appendDigits(_ value: UInt64, width: Int = 1, isNegative: Bool = false) {
        if isNegative { append("-") }
        var place: UInt64 = 1
        for _ in 1..<width { place *= 10 }
        while value / place > 9 { place *= 10 }
        while place > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / place % 10))
            place /= 10
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
        case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
        case 0..<0x20:
            let hexadecimal = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(hexadecimal[Int(byte >> 4)])
            bytes.append(hexadecimal[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}
