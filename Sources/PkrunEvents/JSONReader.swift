/// Reads JSON from the top down, no deeper than events go.
struct JSONReader {
    private static let depthLimit = 32
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { bytes[position...].allSatisfy(Self.isBlank) }

    mutating func value(depth: Int) -> JSONValue? {
        skipBlanks()
        guard depth < Self.depthLimit, position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "{"): return object(depth)
        case UInt8(ascii: "["): return array(depth)
        case UInt8(ascii: "\""): return string().map(JSONValue.string)
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object(_ depth: Int) -> JSONValue? {
        var fields: [String: JSONValue] = [:]
        position += 1
        if take("}") { return .object(fields) }
        repeat {
            skipBlanks()
            guard let key = string(), take(":"), let value = value(depth: depth + 1) else { return nil }
            fields[key] = value
        } while take(",")
        return take("}") ? .object(fields) : nil
    }

    private mutating func array(_ depth: Int) -> JSONValue? {
        var elements: [JSONValue] = []
        position += 1
        if take("]") { return .array(elements) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
        } while take(",")
        return take("]") ? .array(elements) : nil
    }

    private mutating func number() -> JSONValue? {
        let start = position
        while position < bytes.count, "+-.0123456789eE".utf8.contains(bytes[position]) { position += 1 }
        return Double(String(decoding: bytes[start..<position], as: UTF8.self)).map(JSONValue.number)
    }

    private mutating func string() -> String? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escaped() else { return nil }
                text += Array(String(scalar).utf8)
            default: text.append(byte)
            }
        }
        return nil
    }

    /// Pairs of surrogates do not come: what needs no escape is written as it is.
    private mutating func escaped() -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        switch bytes[position] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"):
            guard position + 4 < bytes.count else { return nil }
            let digits = String(decoding: bytes[(position + 1)...(position + 4)], as: UTF8.self)
            position += 4
            return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
        case let byte: return Unicode.Scalar(byte)
        }
    }

    private mutating func take(_ text: String) -> Bool {
        skipBlanks()
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private mutating func skipBlanks() {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
