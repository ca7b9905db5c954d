/// The part of a source line that a diagnostic shows, and the underline that belongs below it.
struct Excerpt {
    let line: String
    /// As wide as what stands before the place. Tabs stay tabs, so that both lines jump to the same stop.
    let indentation: String
    /// `^~~~`, at least the caret.
    let underline: String

    /// A line may be a megabyte long; this many characters before and after the place are enough.
    private static let reach = 100

    init(_ place: LineTable.Place) {
        let before = place.line[..<place.range.lowerBound]
        let shownBefore = before.suffix(Self.reach)
        let marked = place.line[place.range].prefix(Self.reach)
        let after = place.line[marked.endIndex...].prefix(Self.reach)
        let cutFront = shownBefore.startIndex > before.startIndex ? "…" : ""
        let cutBack = after.endIndex < place.line.endIndex ? "…" : ""

        line = cutFront + shownBefore.visible + marked.visible + after.visible + cutBack
        indentation = String(repeating: " ", count: cutFront.count) + Self.blank(shownBefore)
        let width = marked.reduce(0) { $0 + $1.displayWidth }
        underline = "^" + String(repeating: "~", count: max(width - 1, 0))
    }

    private static func blank(_ text: Substring) -> String {
        text.reduce(into: "") { blank, character in
            blank += character == "\t" ? "\t" : String(repeating: " ", count: character.displayWidth)
        }
    }
}
