/// A value of JSON (RFC 8259), as the lines of `events.jsonl` hold them.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// - Returns: `nil` for anything but one whole value; the last line of a run that is being written may be cut.
    package init?(parsing bytes: some Collection<UInt8>) {
        var reader = JSONReader(Array(bytes))
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    subscript(key: String) -> JSONValue? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }

    var integer: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }

    var seconds: Duration? {
        // To the microsecond, which is what was written.
        if case .number(let number) = self { .microseconds(Int64((number * 1_000_000).rounded())) } else { nil }
    }

    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}
