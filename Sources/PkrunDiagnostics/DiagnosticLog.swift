/// What has been found so far. It keeps each finding once and stops taking more when there are too many to help anybody.
package struct DiagnosticLog: Sendable {
    /// More errors than anybody reads; a bound on the work that hostile input can cause.
    package static let limit = 200

    package private(set) var hasErrors = false
    /// In the order of discovery.
    private var diagnostics: [Diagnostic] = []
    private var known: Set<Diagnostic> = []
    private var hasMore = false

    package init() {}

    package var isFull: Bool { diagnostics.count >= Self.limit }

    /// Takes an error; the work to describe it is not done when the log is full.
    package mutating func report(_ error: @autoclosure () -> Diagnostic) {
        hasErrors = true
        add(error)
    }

    /// Takes what is legal and surely not meant.
    package mutating func warn(_ warning: @autoclosure () -> Diagnostic) {
        add {
            var diagnostic = warning()
            diagnostic.severity = .warning
            return diagnostic
        }
    }

    private mutating func add(_ describe: () -> Diagnostic) {
        guard !isFull else {
            hasMore = true
            return
        }
        let diagnostic = describe()
        // The same text may be read many times over through aliases.
        if known.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }

    /// Errors first, then warnings, each in the order of their places.
    package var sorted: [Diagnostic] {
        let sorted = diagnostics.enumerated().sorted { left, right in
            Self.rank(left.element, left.offset) < Self.rank(right.element, right.offset)
        }
        .map(\.element)
        guard hasMore else { return sorted }
        return sorted + [Diagnostic(.tooManyProblems, "there is more wrong than these \(Self.limit)", at: nil)]
    }

    private static func rank(_ diagnostic: Diagnostic, _ order: Int) -> (Int, Int, Int) {
        (diagnostic.severity == .error ? 0 : 1, diagnostic.range?.offsets.lowerBound ?? -1, order)
    }
}
