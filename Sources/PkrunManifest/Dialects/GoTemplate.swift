/// The part of Go's text/template that projects of process-compose are written with: `{{.NAME}}`, texts in quotes,
/// `or`, `and`, `not`, and `{{if …}}…{{else}}…{{end}}`; a `-` at either end takes the blanks there away.
struct GoTemplate {
    /// What `.NAME` stands for.
    let variables: [String: String]
    /// What was not understood, and left as it is.
    private(set) var unknown: [String] = []
    private var pieces: ArraySlice<Piece> = []

    private enum Piece {
        case text(String)
        case action(words: [String], source: String)
    }

    init(variables: [String: String]) { self.variables = variables }

    mutating func render(_ text: String) -> String {
        pieces = Self.pieces(of: text)[...]
        var output = ""
        while !pieces.isEmpty {
            output += block()
            // An end of what never began.
            if case .action(_, let source) = pieces.popFirst() { output += leave(source) }
        }
        return output
    }

    /// Up to the action that ends it, or to the end.
    private mutating func block() -> String {
        var output = ""
        while let piece = pieces.first {
            switch piece {
            case .text(let text): output += text
            case .action(let words, let source):
                guard !["end", "else"].contains(words.first) else { return output }
                pieces = pieces.dropFirst()
                output += words.first == "if" ? choice(words.dropFirst(), source) : value(words[...]) ?? leave(source)
                continue
            }
            pieces = pieces.dropFirst()
        }
        return output
    }

    private mutating func choice(_ condition: ArraySlice<String>, _ source: String) -> String {
        guard let value = value(condition) else { return leave(source) }
        let first = block()
        var second = ""
        if case .action(let words, _) = pieces.popFirst(), words.first == "else" {
            if words.count > 1, words[1] == "if" {
                second = choice(words.dropFirst(2), source)
            } else {
                second = block()
                pieces = pieces.dropFirst()
            }
        }
        return Self.isTrue(value) ? first : second
    }

    private mutating func leave(_ source: String) -> String {
        unknown.append(source)
        return source
    }

    private func value(_ words: ArraySlice<String>) -> String? {
        guard let first = words.first else { return nil }
        let values = words.dropFirst().map { value([$0]) }
        switch first {
        case "or" where !values.isEmpty: return values.first { $0.map(Self.isTrue) ?? false } ?? values.last ?? nil
        case "and" where !values.isEmpty: return values.first { !($0.map(Self.isTrue) ?? false) } ?? values.last ?? nil
        case "not" where values.count == 1: return values[0].map { String(!Self.isTrue($0)) }
        case _ where words.count > 1: return nil
        case "true", "false": return first
        default: break
        }
        if first.hasPrefix("."), first.count > 1 { return variables[String(first.dropFirst())] }
        let isQuoted = first.count > 1 && first.first == first.last && (first.hasPrefix("\"") || first.hasPrefix("`"))
        return isQuoted ? String(first.dropFirst().dropLast()).replacing("\\\"", with: "\"") : nil
    }

    private static func isTrue(_ value: String) -> Bool { !["", "false", "0"].contains(value) }

    private static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = end(of: rest[open.upperBound...]) {
            var before = rest[..<open.lowerBound]
            var action = rest[open.upperBound..<close.lowerBound]
            let source = String(rest[open.lowerBound..<close.upperBound])
            rest = rest[close.upperBound...]
            if action.hasPrefix("- ") {
                action = action.dropFirst()
                while before.last?.isWhitespace == true { before = before.dropLast() }
            }
            if action.hasSuffix(" -") {
                action = action.dropLast()
                rest = rest.drop(while: \.isWhitespace)
            }
            pieces += [.text(String(before)), .action(words: words(of: action), source: source)]
        }
        return pieces + [.text(String(rest))]
    }

    /// The braces that close an action, none of which stand in quotes.
    private static func end(of text: Substring) -> Range<String.Index>? {
        var quote: Character?
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "`" {
                quote = character
            } else if text[index...].hasPrefix("}}") {
                return index..<text.index(index, offsetBy: 2)
            }
        }
        return nil
    }

    private static func words(of action: Substring) -> [String] {
        var words: [String] = []
        var rest = action.drop(while: \.isWhitespace)
        while let first = rest.first {
            var word = rest.prefix { !$0.isWhitespace }
            if first == "\"" || first == "`", let end = rest.dropFirst().firstIndex(of: first) { word = rest[...end] }
            words.append(String(word))
            rest = rest[word.endIndex...].drop(while: \.isWhitespace)
        }
        return words
    }
}
