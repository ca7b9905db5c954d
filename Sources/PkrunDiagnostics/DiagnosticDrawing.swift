/// The growing text of several diagnostics.
struct DiagnosticDrawing {
    private(set) var text = ""
    private let color: Bool
    /// One for each file that has been shown.
    private var tables: [ObjectIdentifier: LineTable] = [:]

    init(color: Bool) { self.color = color }

    /// What is said about a place.
    struct Remark {
        var style: Style
        var label: String
        var message: String
        var hint: String?
    }

    /// ANSI colours; ECMA-48, SGR.
    enum Style: String {
        case message = "1"
        case error = "1;31"
        case warning = "1;35"
        case note = "1;36"
        case caret = "1;32"
    }

    mutating func add(_ remark: Remark, at range: SourceRange?) {
        let label = paint("\(remark.label):", remark.style)
        let message = paint(Self.shown(remark.message), .message)
        let hint = remark.hint.map(Self.shown)
        guard let range else {
            text += "\(label) \(message)\(hint.map { "; \($0)" } ?? "")\n"
            return
        }
        let place = table(of: range.file).place(of: range.offsets)
        let position = "\(Self.shown(range.file.path)):\(place.lineNumber):\(place.column):"
        text += "\(paint(position, .message)) \(label) \(message)\n"

        let excerpt = Excerpt(place)
        let number = String(place.lineNumber)
        let margin = String(repeating: " ", count: max(5 - number.count, 0))
        let gutter = String(repeating: " ", count: max(5, number.count))
        text += "\(margin)\(number) | \(excerpt.line)\n"
        let caret = excerpt.underline + (hint.map { " \($0)" } ?? "")
        text += "\(gutter) | \(excerpt.indentation)\(paint(caret, .caret))\n"
    }

    private mutating func table(of file: SourceFile) -> LineTable {
        let key = ObjectIdentifier(file)
        if let table = tables[key] { return table }
        let table = LineTable(file.text)
        tables[key] = table
        return table
    }

    /// Messages quote what the user wrote, which may be anything.
    private static func shown(_ text: String) -> String {
        let head = text.prefix(500)
        return head.endIndex < text.endIndex ? head.visible + "…" : head.visible
    }

    private func paint(_ text: String, _ style: Style) -> String {
        color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
