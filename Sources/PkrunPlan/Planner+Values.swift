internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    /// One of the words of an enumeration.
    ///
    /// - Parameter subject: completes "is not …".
    mutating func word<Word: CaseIterable & RawRepresentable<String>>(
        _ text: Located<String>?,
        _ subject: String
    ) -> Word? {
        guard let text else { return nil }
        if let word = Word(rawValue: text.value) { return word }
        let words = Word.allCases.map(\.rawValue)
        report(
            .invalidWord,
            "'\(text.value)' is not \(subject)",
            at: text.range,
            hint: Suggestion.hint(for: text.value, among: words) ?? "one of \(words.joined(separator: ", "))"
        )
        return nil
    }

    /// The words of `version`, of which there is one.
    mutating func checkVersion() {
        guard let version = manifest.version, version.value != "1" else { return }
        report(
            .invalidWord,
            "'\(version.value)' is not a version of this language",
            at: version.range,
            hint: "this pkrun reads version 1"
        )
    }

    /// A limit on time, which nothing could keep if it were zero.
    mutating func positive(_ duration: Located<Duration>?) -> Duration? {
        guard let duration else { return nil }
        if duration.value > .zero { return duration.value }
        report(.invalidDuration, "this must be longer than 0s", at: duration.range)
        return nil
    }
}
