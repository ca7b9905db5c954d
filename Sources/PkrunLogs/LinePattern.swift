/// What a readiness line looks like: a regular expression that is searched for in lines freed of ANSI codes, and of the
/// carriage return with which a terminal ends a line.
///
/// A pattern without any special character is searched for as bytes, which needs no decoding.
package struct LinePattern {
    private enum Search {
        case bytes([UInt8])
        case expression(Regex<AnyRegexOutput>)
    }

    private let search: Search

    /// - Throws: what `Regex` finds wrong with the pattern.
    package init(_ pattern: String) throws {
        if pattern.utf8.contains(where: Self.isSpecial) {
            search = .expression(try Regex(pattern))
        } else {
            search = .bytes(Array(pattern.utf8))
        }
    }

    package func matches(_ line: Span<UInt8>) -> Bool {
        var text = ANSICodes.removed(from: line)
        if text.last == UInt8(ascii: "\r") { text.removeLast() }
        return switch search {
        case .bytes(let wanted): Self.contains(wanted, in: text)
        case .expression(let expression): String(decoding: text, as: UTF8.self).contains(expression)
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        #"\^$.|?*+()[]{}"#.utf8.contains(byte)
    }

    private static func contains(_ wanted: [UInt8], in text: [UInt8]) -> Bool {
        guard let first = wanted.first else { return true }
        guard text.count >= wanted.count else { return false }
        for start in 0...(text.count - wanted.count) where text[start] == first {
            if text[start..<(start + wanted.count)].elementsEqual(wanted) { return true }
        }
        return false
    }
}
