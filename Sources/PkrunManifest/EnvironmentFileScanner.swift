internal import PkrunDiagnostics

/// Takes an environment file apart, entry by entry, before anything is replaced.
struct EnvironmentFileScanner {
    struct Entry {
        var name: String
        /// `nil` where only the name stands there.
        var value: String?
        var valueRange: SourceRange
        /// Whether variables in the value are to be replaced.
        var isTemplate: Bool
    }

    private(set) var problems: [Diagnostic] = []
    private let file: SourceFile
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ file: SourceFile) {
        self.file = file
        scalars = Array(file.text.unicodeScalars)
    }

    /// The next entry that can be read; lines that cannot are reported and left out.
    mutating func next() -> Entry? {
        while position < scalars.count {
            skip { $0.properties.isWhitespace }
            guard let first = current else { return nil }
            if first == "#" {
                skipLine()
            } else if let entry = entry() {
                return entry
            } else {
                skipLine()
            }
        }
        return nil
    }

    private mutating func entry() -> Entry? {
        var start = position
        var name = self.name()
        if name == "export", current == " " || current == "\t" {
            skipBlanks()
            start = position
            name = self.name()
        }
        guard !name.isEmpty else {
            report("expected NAME=value here", start..<start + 1)
            return nil
        }
        let range = file.range(start..<position)
        skipBlanks()
        switch current {
        case "=", ":":
            position += 1
            skipBlanks()
            return value(of: name)
        case nil, "\n", "\r", "#":
            skipLine()
            return Entry(name: name, value: nil, valueRange: range, isTemplate: false)
        default:
            report("expected '=' after '\(name)'", position..<position + 1)
            return nil
        }
    }

    private mutating func value(of name: String) -> Entry? {
        let start = position
        let value: String
        switch current {
        case "'", "\"":
            guard let quoted = quoted() else { return nil }
            value = quoted
        default:
            value = unquoted()
        }
        let end = position
        let isTemplate = start == end || scalars[start] != "'"
        skipBlanks()
        guard isAtLineEnd || current == "#" else {
            report("something follows the closing quote", position..<position + 1)
            return nil
        }
        skipLine()
        return Entry(name: name, value: value, valueRange: file.range(start..<end), isTemplate: isTemplate)
    }

    /// Up to the end of the line or a comment, without blanks at the end.
    private mutating func unquoted() -> String {
        let start = position
        while let scalar = current, !isAtLineEnd {
            if scalar == "#", position == start || Self.isBlank(scalars[position - 1]) { break }
            position += 1
        }
        var end = position
        while end > start, Self.isBlank(scalars[end - 1]) { end -= 1 }
        position = end
        return Self.string(scalars[start..<end])
    }

    /// What stands between quotes. In double quotes, an escaped dollar sign becomes one that interpolation leaves
    /// alone.
    private mutating func quoted() -> String? {
        let start = position
        let quote = scalars[start]
        var text = String.UnicodeScalarView()
        position += 1
        while let scalar = current, scalar != quote {
            position += 1
            guard scalar == "\\", let escaped = current else {
                text.append(scalar)
                continue
            }
            position += 1
            if quote == "'" {
                if escaped != "'" { text.append(scalar) }
                text.append(escaped)
            } else {
                text.append(contentsOf: Self.unescaped(escaped))
            }
        }
        guard current == quote else {
            report("this quote is never closed", start..<start + 1)
            return nil
        }
        position += 1
        return String(text)
    }

    private static func unescaped(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        switch scalar {
        case "n": ["\n"]
        case "r": ["\r"]
        case "t": ["\t"]
        case "$": ["$", "$"]
        case "\"", "\\": [scalar]
        default: ["\\", scalar]
        }
    }

    private mutating func name() -> String {
        let start = position
        while let scalar = current, scalar.isASCII,
            scalar.properties.isAlphabetic || scalar == "_"
                || position > start && (("0"..."9").contains(scalar) || scalar == "." || scalar == "-")
        {
            position += 1
        }
        return Self.string(scalars[start..<position])
    }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private var isAtLineEnd: Bool { current == nil || current == "\n" || current == "\r" }

    private mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
        while let scalar = current, condition(scalar) { position += 1 }
    }

    private mutating func skipBlanks() { skip(while: Self.isBlank) }

    private mutating func skipLine() { skip { $0 != "\n" && $0 != "\r" } }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private mutating func report(_ message: String, _ offsets: Range<Int>) {
        problems.append(Diagnostic(.invalidEnvironmentFile, message, at: file.range(offsets)))
    }
}
