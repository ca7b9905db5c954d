/// Draws diagnostics as compilers do: place, message, the line, a caret under it and a hint behind the caret.
package struct DiagnosticRenderer: Sendable {
    package var colour: Bool

    package init(colour: Bool = false) { self.colour = colour }

    /// The text of all of them, each ending in a line break.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        var tables: [ObjectIdentifier: LineTable] = [:]
        var output = ""
        for diagnostic in diagnostics {
            let style: Style = diagnostic.severity == .error ? .error : .warning
            draw(
                diagnostic.severity.rawValue,
                style,
                diagnostic.message,
                at: diagnostic.range,
                hint: diagnostic.hint,
                &tables,
                &output
            )
            for note in diagnostic.notes {
                draw("note", .note, note.message, at: note.range, hint: nil, &tables, &output)
            }
        }
        return output
    }

    private func draw(
        _ label: String,
        _ style: Style,
        _ message: String,
        at range: SourceRange?,
        hint: String?,
        _ tables: inout [ObjectIdentifier: LineTable],
        _ output: inout String
    ) {
        guard let range else {
            output += paint("\(label):", style) + " \(paint(message, .message))\(hint.map { "; \($0)" } ?? "")\n"
            return
        }
        let table = tables[ObjectIdentifier(range.file)] ?? LineTable(range.file.text)
        tables[ObjectIdentifier(range.file)] = table
        let place = table.place(of: range.offsets)
        let position = "\(range.file.path):\(place.lineNumber):\(place.column):"
        output += "\(paint(position, .message)) \(paint("\(label):", style)) \(paint(message, .message))\n"

        let excerpt = Excerpt(place)
        let number = String(place.lineNumber)
        let margin = String(repeating: " ", count: max(5 - number.count, 0))
        let gutter = String(repeating: " ", count: max(5, number.count))
        let hint = hint.map { " \($0)" } ?? ""
        output += "\(margin)\(number) | \(excerpt.line)\n"
        output += "\(gutter) | \(excerpt.indentation)\(paint(excerpt.underline + hint, .caret))\n"
    }

    private enum Style: String {
        case message = "1"
        case error = "1;31"
        case warning = "1;35"
        case note = "1;36"
        case caret = "1;32"
    }

    private func paint(_ text: String, _ style: Style) -> String {
        colour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
