internal import PkrunDiagnostics
internal import PkrunYAML

// Single values. The shape of the node has been checked by whoever has the key.

extension ManifestReader {
    mutating func text(_ node: Node?) -> Located<String>? {
        guard let node, case .scalar(let scalar) = node.content else { return nil }
        return text(scalar, at: node.range)
    }

    /// The text of an entry of a map of values.
    mutating func value(_ entry: Node.Entry) -> Located<String>? {
        checked(entry.value, is: .text, "'\(entry.key)'", orAt: entry.keyRange).flatMap { text($0) }
    }

    mutating func duration<Key>(_ field: Field<Key>) -> Located<Duration>? {
        guard let text = text(field.value) else { return nil }
        guard let duration = DurationText.parse(text.value) else {
            report(
                .invalidDuration,
                "'\(text.value)' is not a duration",
                at: text.range,
                hint: Int(text.value) != nil ? "which unit? such as \(text.value)s" : "such as 500ms, 10s, 1m30s, 2h"
            )
            return nil
        }
        return Located(duration, at: text.range)
    }

    /// A bare number of units, as other languages write durations.
    mutating func duration<Key>(_ field: Field<Key>, in unit: Duration) -> Located<Duration>? {
        guard let number = number(field.value, atLeast: 0) else { return nil }
        guard number.value <= DurationText.limit / unit else {
            report(.invalidDuration, "this is longer than ten years", at: number.range)
            return nil
        }
        return Located(unit * number.value, at: number.range)
    }

    /// Bytes.
    mutating func size(_ node: Node?) -> Located<UInt64>? {
        guard let text = text(node) else { return nil }
        guard let size = SizeText.parse(text.value) else {
            report(.invalidSize, "'\(text.value)' is not a size", at: text.range, hint: "such as 512K, 64M or 2G")
            return nil
        }
        return Located(size, at: text.range)
    }

    mutating func integer(_ node: Node?, in range: ClosedRange<Int>) -> Located<Int>? {
        guard let text = text(node) else { return nil }
        guard let number = Int(text.value) else {
            report(.invalidNumber, "'\(text.value)' is not a whole number", at: text.range)
            return nil
        }
        guard range.contains(number) else {
            let bounds =
                range.upperBound == .max ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            report(.outOfRange, "\(number) is out of range", at: text.range, hint: bounds)
            return nil
        }
        return Located(number, at: text.range)
    }

    /// A decimal number that is not below the limit.
    mutating func number(_ node: Node?, atLeast limit: Int) -> Located<Double>? {
        guard let text = text(node) else { return nil }
        guard let number = Double(text.value), number.isFinite else {
            report(.invalidNumber, "'\(text.value)' is not a number", at: text.range)
            return nil
        }
        guard number >= Double(limit) else {
            report(.outOfRange, "\(text.value) is out of range", at: text.range, hint: "at least \(limit)")
            return nil
        }
        return Located(number, at: text.range)
    }

    /// `true` and `false`, and the other words for them that YAML 1.1 taught people.
    mutating func boolean(_ node: Node?) -> Located<Bool>? {
        guard let text = text(node) else { return nil }
        switch text.value.lowercased() {
        case "true", "yes", "on": return Located(true, at: text.range)
        case "false", "no", "off": return Located(false, at: text.range)
        default:
            report(.invalidBoolean, "'\(text.value)' is neither true nor false", at: text.range)
            return nil
        }
    }

    /// The texts of a list; `nil` where one of them is none.
    mutating func texts<Key>(_ field: Field<Key>) -> Located<[String]>? {
        guard let node = field.value, case .sequence(let items) = node.content else { return nil }
        let texts = items.compactMap { word($0, of: field.name)?.value }
        return texts.count == items.count ? Located(texts, at: node.range) : nil
    }

    /// The texts of a list, as far as they can be read.
    mutating func words<Key>(_ field: Field<Key>) -> [Located<String>]? {
        guard case .sequence(let items) = field.value?.content else { return nil }
        return items.compactMap { word($0, of: field.name) }
    }

    /// The text of an item of a list.
    mutating func word(_ item: Node, of list: String) -> Located<String>? {
        checked(item, is: .text, "an item of '\(list)'").flatMap { text($0) }
    }

    mutating func command<Key>(_ field: Field<Key>) -> ManifestCommand? {
        if let script = text(field.value) { return .script(script) }
        return texts(field).map(ManifestCommand.words)
    }
}
