/// What has been found so far. It keeps each finding once and stops taking more when there are too many to help
/// anybody.
package struct DiagnosticLog: Sendable {
    /// More errors than anybody reads; a bound on the work that hostile input can cause.
    package static let limit = 200

    package private(set) var hasErrors = false
    /// In the order of discovery.
    private var diagnostics: [Diagnostic] = []
    private var known: Set<Diagnostic> = []
    private var hasMore = false
    /// Numbers in the order in which the files were met.
    private var files: [ObjectIdentifier: Int] = [:]

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
        guard known.insert(diagnostic).inserted else { return }
        diagnostics.append(diagnostic)
        if let file = diagnostic.range.map({ ObjectIdentifier($0.file) }), files[file] == nil {
            files[file] = files.count
        }
    }

    /// Errors first, then warnings, each file by file in the order of their places.
    package var sorted: [Diagnostic] {
        guard !diagnostics.isEmpty else { return [] }
        let sorted = diagnostics.enumerated().sorted { left, right in
            rank(left.element, left.offset) < rank(right.element, right.offset)
        }
        .map(\.element)
        guard hasMore else { return sorted }
        return sorted + [Diagnostic(.tooManyProblems, "there is more wrong than these \(Self.limit)", at: nil)]
    }

    private func rank(_ diagnostic: Diagnostic, _ order: Int) -> (Int, Int, Int, Int) {
        (
            diagnostic.severity == .error ? 0 : 1,
            diagnostic.range.flatMap { files[ObjectIdentifier($0.file)] } ?? -1,
            diagnostic.range?.offsets.lowerBound ?? -1, order
        )
    }
}
