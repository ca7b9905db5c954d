/// Writes JSON (RFC 8259) into a buffer, value by value. The caller minds the grammar, the writer the commas.
package struct JSONWriter: ~Copyable {
    private var buffer = ByteBuffer()
    /// The next value or key has one before it.
    private var needsComma = false
    /// A key waits for its value.
    private var isAfterKey = false
    private var depth = 0
    private let isIndented: Bool

    /// - Parameter isIndented: one value a line, for files that people open.
    package init(isIndented: Bool = false) { self.isIndented = isIndented }

    package var bytes: [UInt8] { buffer.bytes }

    package var count: Int { buffer.count }

    /// Gives away what was written so far, also where it is not taken; what is written after that goes on from there.
    package mutating func drain<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        defer { buffer.removeAll() }
        try buffer.withBytes(body)
    }

    package mutating func object(_ fields: (inout JSONWriter) -> Void) {
        nest(open: "{", close: "}", fields)
    }

    package mutating func array(_ elements: (inout JSONWriter) -> Void) {
        nest(open: "[", close: "]", elements)
    }

    private mutating func nest(open: Unicode.Scalar, close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
        separate()
        buffer.append(ascii: open)
        needsComma = false
        depth += 1
        body(&self)
        depth -= 1
        if needsComma { breakLine() }
        buffer.append(ascii: close)
        needsComma = true
    }

    /// - Parameter key: in ASCII, without quotation marks and backslashes.
    package mutating func key(_ key: StaticString) {
        separate()
        buffer.append(ascii: "\"")
        buffer.append(key)
        buffer.append(isIndented ? "\": " : "\":")
        needsComma = false
        isAfterKey = true
    }

    package mutating func field(_ key: StaticString, _ value: String) {
        self.key(key)
        string(value)
    }

    package mutating func field(_ key: StaticString, _ value: some BinaryInteger) {
        self.key(key)
        integer(value)
    }

    mutating func field(_ key: StaticString, _ value: Bool) {
        self.key(key)
        separate()
        buffer.append(value ? "true" : "false")
        needsComma = true
    }

    package mutating func string(_ value: String) {
        separate()
        buffer.append(ascii: "\"")
        var value = value
        value.withUTF8 { text in
            if unsafe text.contains(where: Self.needsEscape) {
                unsafe text.forEach { appendEscaped($0) }
            } else {
                unsafe buffer.append(text)
            }
        }
        buffer.append(ascii: "\"")
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
            buffer.append(ascii: ".")
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
        buffer.append(ascii: "\"")
        appendUnquoted(time)
        buffer.append(ascii: "\"")
        needsComma = true
    }

    mutating func endLine() {
        buffer.append(ascii: "\n")
        needsComma = false
    }

    mutating func appendUnquoted(_ time: Timestamp) {
        let perDay: Int64 = 86_400_000_000
        let days = (time.microseconds - (time.microseconds < 0 ? perDay - 1 : 0)) / perDay
        let ofDay = UInt64(time.microseconds - days * perDay)
        let date = Timestamp.Date(days: days)
        appendDigits(UInt64(date.year.magnitude), width: 4)
        buffer.append(ascii: "-")
        appendDigits(UInt64(date.month), width: 2)
        buffer.append(ascii: "-")
        appendDigits(UInt64(date.day), width: 2)
        buffer.append(ascii: "T")
        appendDigits(ofDay / 3_600_000_000, width: 2)
        buffer.append(ascii: ":")
        appendDigits(ofDay / 60_000_000 % 60, width: 2)
        buffer.append(ascii: ":")
        appendDigits(ofDay / 1_000_000 % 60, width: 2)
        buffer.append(ascii: ".")
        appendDigits(ofDay % 1_000_000, width: 6)
        buffer.append(ascii: "Z")
    }

    private mutating func separate() {
        if isAfterKey {
            isAfterKey = false
            return
        }
        if needsComma { buffer.append(ascii: ",") }
        if depth > 0 { breakLine() }
    }

    private mutating func breakLine() {
        guard isIndented else { return }
        buffer.append(ascii: "\n")
        for _ in 0..<depth { buffer.append("  ") }
    }

    /// - Parameter width: zeros are put in front up to it.
    private mutating func appendDigits(_ value: UInt64, width: Int = 1, isNegative: Bool = false) {
        if isNegative { buffer.append(ascii: "-") }
        buffer.append(digits: value, width: width)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): buffer.append("\\\"")
        case UInt8(ascii: "\\"): buffer.append("\\\\")
        case UInt8(ascii: "\n"): buffer.append("\\n")
        case UInt8(ascii: "\t"): buffer.append("\\t")
        case 0..<0x20:
            buffer.append(byte < 0x10 ? "\\u000" : "\\u001")
            let digit = byte & 15
            buffer.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        default: buffer.append(byte)
        }
    }
}
