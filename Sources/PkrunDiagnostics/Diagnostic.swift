/// One thing that is wrong, or surely not meant, and where.
package struct Diagnostic: Error, Hashable, Sendable {
    package var severity = Severity.error
    package var code: DiagnosticCode
    /// One sentence without a full stop, beginning in lower case.
    package var message: String
    /// `nil` for what is in no file, such as a word of the command line.
    package var range: SourceRange?
    /// What to do about it; stands behind the caret.
    package var hint: String?
    /// Other places that have to do with it.
    package var notes: [Note]

    /// The notes, and how the file in question came in.
    package var allNotes: [Note] {
        var all = notes
        var origin = range?.file.origin
        while let place = origin {
            all.append(Note("brought in from here", at: place))
            origin = place.file.origin
        }
        return all
    }

    package enum Severity: String, Sendable {
        case error, warning
    }

    package struct Note: Hashable, Sendable {
        package var message: String
        package var range: SourceRange

        package init(_ message: String, at range: SourceRange) {
            self.message = message
            self.range = range
        }
    }

    package init(
        _ code: DiagnosticCode,
        _ message: String,
        at range: SourceRange?,
        hint: String? = nil,
        notes: [Note] = []
    ) {
        self.code = code
        self.message = message
        self.range = range
        self.hint = hint
        self.notes = notes
    }
}
