/// What there is to know about a kind of diagnostic: `pkrun explain PK0030`.
package struct DiagnosticExplanation: Sendable {
    /// Names the problem in a few words.
    package var title: String
    /// Why it is a problem, and what to do.
    package var meaning: String
    /// A manifest that has the problem; `nil` where no short text can show it.
    package var wrong: String?
    /// The same, as it should be.
    package var right: String?
    /// What `local.env` beside the examples holds, where they read it.
    package var environmentFile: String?

    init(
        _ title: String,
        _ meaning: String,
        wrong: String? = nil,
        right: String? = nil,
        environmentFile: String? = nil
    ) {
        self.title = title
        self.meaning = meaning
        self.wrong = wrong
        self.right = right
        self.environmentFile = environmentFile
    }

    /// The page as text, ending in a line break.
    package func page(of code: DiagnosticCode) -> String {
        var page = "\(code.rawValue): \(title)\n\n\(meaning)\n"
        if let environmentFile { page += "\nWith this local.env:\n\n\(Self.indented(environmentFile))" }
        if let wrong { page += "\nWrong:\n\n\(Self.indented(wrong))" }
        if let right { page += "\nRight:\n\n\(Self.indented(right))" }
        return page
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "\n" : "    \($0)\n" }
            .joined()
    }
}
