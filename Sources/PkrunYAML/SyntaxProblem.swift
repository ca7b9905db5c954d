internal import PkrunDiagnostics

/// A syntax error in libyaml's words, and what they mean to somebody who writes a manifest.
struct SyntaxProblem {
    var message: String
    /// Where it was noticed.
    var offset: Int
    /// What was being read, and where that began.
    var context: String?
    var contextOffset: Int

    func diagnostic(in file: SourceFile) -> Diagnostic {
        let range = file.range(place..<place + 1)
        let scalars = file.text.unicodeScalars
        let index = scalars.index(scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex)
        let found = index.flatMap { $0 < scalars.endIndex ? scalars[$0] : nil }
        if found == "\t" || message.contains("tab character") {
            return Diagnostic(
                .tabIndentation,
                "a tab cannot indent YAML",
                at: range,
                hint: "use spaces"
            )
        }
        let explanation = explanation(found: found)
        return Diagnostic(
            explanation.code,
            explanation.message,
            at: range,
            hint: explanation.hint,
            notes: note(in: file)
        )
    }

    /// Where the user has to look. What is never closed is missed far behind the place where it began.
    private var place: Int {
        switch message {
        case "found unexpected end of stream", "found unexpected document indicator", "could not find expected ':'":
            context == nil ? offset : contextOffset
        default: offset
        }
    }

    private typealias Explanation = (code: DiagnosticCode, message: String, hint: String?)

    private func explanation(found: Unicode.Scalar?) -> Explanation {
        switch message {
        case "mapping values are not allowed in this context", "found unexpected ':'":
            (.syntax, "a ':' cannot stand here", "quote a value that contains ': ', or check the indentation")
        case "could not find expected ':'":
            (.syntax, "this key is not followed by ':'", nil)
        case "did not find expected key":
            (.syntax, "expected a key here", "check the indentation and the quotes above")
        case "did not find expected '-' indicator":
            (.syntax, "expected a '-' for the next item of the list", "check the indentation")
        case "block sequence entries are not allowed in this context":
            (.syntax, "a '-' cannot stand here", "begin the list on a line of its own")
        case "did not find expected ',' or ']'":
            (.syntax, "expected ',' or ']' here", found == "{" ? "quote ${…} inside [ ]" : nil)
        case "did not find expected ',' or '}'":
            (.syntax, "expected ',' or '}' here", found == "{" ? "quote ${…} inside { }" : nil)
        case "mapping keys are not allowed in this context":
            (.syntax, "a '?' cannot stand here", "check the indentation, or put the value in quotes")
        case "found unexpected end of stream", "found unexpected document indicator":
            (.syntax, "this quote is never closed", nil)
        case "found character that cannot start any token":
            (.syntax, "a value cannot begin with \(found.map { "'\($0)'" } ?? "this")", "put it in quotes")
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            (.syntax, "unknown escape in double quotes", "use single quotes, or '\\\\' for a backslash")
        case "did not find expected node content":
            (.syntax, "expected a value here", nil)
        case "did not find expected <document start>":
            (.syntax, "expected the end of the text here", "check the indentation")
        case "found undefined tag handle":
            (.tag, "tags are not supported", "quote a value that begins with '!'")
        case "found an indentation indicator equal to 0":
            (.syntax, "a text cannot be indented by 0", "leave out the number")
        case "did not find expected alphabetic or numeric character":
            (.syntax, "this names no anchor", "quote a value that begins with '&' or '*'")
        case "found duplicate %YAML directive", "found duplicate %TAG directive", "found incompatible YAML document":
            (.syntax, "this directive cannot be read", "leave out the line")
        default: explanationOfContext
        }
    }

    /// Where what was being read says more than what was missed in it.
    private var explanationOfContext: Explanation {
        switch context {
        case "while scanning a tag", "while parsing a tag":
            (.tag, "tags are not supported", "quote a value that begins with '!'")
        case "while scanning a block scalar":
            (.syntax, "nothing can stand behind '|' or '>'", "begin the text on the next line")
        case "while scanning a directive", "while scanning a %YAML directive":
            (.syntax, "this directive cannot be read", "leave out the line")
        default: (.syntax, message, nil)
        }
    }

    /// Where the thing began that could not be read to its end, if that is another line.
    private func note(in file: SourceFile) -> [Diagnostic.Note] {
        guard let context, contextOffset < place else { return [] }
        let between = file.text.unicodeScalars.dropFirst(contextOffset).prefix(place - contextOffset)
        guard between.contains("\n") else { return [] }
        let subject =
            switch context {
            case "while parsing a block mapping", "while parsing a flow mapping": "the map"
            case "while parsing a block collection", "while parsing a flow sequence": "the list"
            default: "what cannot be read"
            }
        return [Diagnostic.Note("\(subject) begins here", at: file.range(contextOffset..<contextOffset + 1))]
    }
}
