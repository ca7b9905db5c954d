package import PkrunDiagnostics

/// Replaces `${…}` by values: the grammar of compose.
///
/// `${V}`, `${V:-default}`, `${V-default}`, `${V:?message}`, `${V?message}`, `${V:+other}`, `${V+other}` and `$$` for a
/// dollar sign; with the colon an empty variable counts as unset. What stands behind the operator may hold `${…}`
/// again, and is looked at only where it is needed.
package struct Interpolation: Sendable {
    /// Whether `$V` is replaced too, as in environment files, or left to the shell.
    package var replacesBareNames: Bool
    package var lookup: @Sendable (String) -> String?

    package init(replacesBareNames: Bool = false, lookup: @escaping @Sendable (String) -> String?) {
        self.replacesBareNames = replacesBareNames
        self.lookup = lookup
    }

    /// Whether a variable of this name can be asked for.
    static func isName(_ text: String) -> Bool {
        let isWord = text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
        return isWord && text.first.map { !$0.isNumber } ?? false
    }

    /// The same, with values that are looked at first.
    func adding(_ values: [String: String]) -> Interpolation {
        guard !values.isEmpty else { return self }
        var interpolation = self
        let outer = lookup
        interpolation.lookup = { values[$0] ?? outer($0) }
        return interpolation
    }

    package struct Problem: Equatable, Sendable {
        package var code: DiagnosticCode
        package var message: String
        package var hint: String
        /// The expression in question, as UTF-8 offsets into the text.
        package var expression: Range<Int>
    }

    /// The text with everything replaced that can be, and what could not.
    package func expand(_ text: String) -> (text: String, problems: [Problem]) {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, []) }
        var expander = InterpolationExpander(Array(text.utf8), rules: self)
        let expanded = expander.expand()
        return (String(decoding: expanded, as: UTF8.self), expander.problems)
    }
}
