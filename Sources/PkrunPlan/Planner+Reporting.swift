internal import PkrunDiagnostics

extension Planner {
    mutating func report(
        _ code: DiagnosticCode,
        _ message: @autoclosure () -> String,
        at range: SourceRange?,
        hint: @autoclosure () -> String? = nil,
        notes: @autoclosure () -> [Diagnostic.Note] = []
    ) {
        log.report(Diagnostic(code, message(), at: range, hint: hint(), notes: notes()))
    }

    /// Tells what is legal and surely not meant.
    mutating func warn(
        _ code: DiagnosticCode,
        _ message: @autoclosure () -> String,
        at range: SourceRange,
        hint: @autoclosure () -> String? = nil,
        notes: @autoclosure () -> [Diagnostic.Note] = []
    ) {
        log.warn(Diagnostic(code, message(), at: range, hint: hint(), notes: notes()))
    }
}
