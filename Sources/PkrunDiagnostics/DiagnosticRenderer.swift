/// Draws diagnostics as compilers do: place, message, the line, a caret under it and a hint behind the caret.
package struct DiagnosticRenderer: Sendable {
    package var color: Bool

    package init(color: Bool = false) { self.color = color }

    /// The text of all of them, each ending in a line break. Nothing in it but colours is obeyed by a terminal.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        var drawing = DiagnosticDrawing(color: color)
        for diagnostic in diagnostics {
            drawing.add(
                DiagnosticDrawing.Remark(
                    style: diagnostic.severity == .error ? .error : .warning,
                    label: diagnostic.severity.rawValue,
                    message: diagnostic.message,
                    hint: diagnostic.hint
                ),
                at: diagnostic.range
            )
            for note in diagnostic.allNotes {
                drawing.add(
                    DiagnosticDrawing.Remark(style: .note, label: "note", message: note.message),
                    at: note.range
                )
            }
        }
        return drawing.text
    }
}
