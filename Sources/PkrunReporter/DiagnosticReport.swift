package import PkrunDiagnostics

/// Diagnostics in forms for other programs. Each form tells the same: place, severity, code, message, hint and notes.
package enum DiagnosticReport: String, CaseIterable, Sendable {
    /// One object with a list of diagnostics.
    case json
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// Workflow commands, which GitHub Actions shows beside the lines of a pull request.
    case github

    /// The text, ending in a line break unless it is empty.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        switch self {
        case .json: Self.json(diagnostics)
        case .sarif: Self.sarif(diagnostics)
        case .github: Self.github(diagnostics)
        }
    }
}

extension Diagnostic {
    /// Message and hint as one text.
    var advice: String { hint.map { "\(message); \($0)" } ?? message }
}
