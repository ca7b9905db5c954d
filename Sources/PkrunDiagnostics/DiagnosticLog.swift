/// What has been found so far. It keeps each finding once and stops taking more when there are too many to help anybody.
package struct DiagnosticLog: Sendable {
    /// More errors than anybody reads; a bound on the work that hostile input can cause.
    package static let limit = 200

    /// In the order of discovery.
    package private(set) var diagnostics: [Diagnostic] = []
    package private(set) var hasErrors = false
    private var known: Set<Diagnostic> = []

    package init() {}

    package var isFull: Bool { diagnostics.count >= Self.limit }

    /// Takes a finding; the work to describe it is not done when the log is full.
    package mutating func report(_ diagnostic: @autoclosure () -> Diagnostic) {
        guard !isFull else {
            hasErrors = true
            return
        }
        let diagnostic = diagnostic()
        // The same text may be read many times over through aliases.
        guard known.insert(diagnostic).inserted else { return }
        diagnostics.append(diagnostic)
        if diagnostic.severity == .error { hasErrors = true }
    }

    /// Errors first, then warnings, each in the order of their places.
    package var sorted: [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            Self.rank(left.element, left.offset) < Self.rank(right.element, right.offset)
        }
        .map(\.element)
    }

    private static func rank(_ diagnostic: Diagnostic, _ order: Int) -> (Int, Int, Int) {
        (diagnostic.severity == .error ? 0 : 1, diagnostic.range?.offsets.lowerBound ?? -1, order)
    }
}
