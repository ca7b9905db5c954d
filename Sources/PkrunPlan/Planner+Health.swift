internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    mutating func health(of job: ManifestJob, _ shell: [String]?) -> HealthCheck? {
        guard let written = job.health else { return nil }
        var health = HealthCheck(probes: written.probes.compactMap { probe($0, shell) })
        if let interval = positive(written.interval) { health.interval = interval }
        if let timeout = positive(written.timeout) { health.timeout = timeout }
        if let retries = written.retries?.value { health.retries = retries }
        if let startPeriod = written.startPeriod?.value { health.startPeriod = startPeriod }
        if let reaction: HealthCheck.Reaction = word(written.onFailure, "a reaction") { health.onFailure = reaction }
        return health
    }

    mutating func input(of job: ManifestJob) -> StandardInput {
        switch job.input {
        case .word(let word) where word.value == "inherit": return .inherit
        case .word(let word):
            if word.value != "none" {
                report(
                    .invalidWord,
                    "'\(word.value)' is not a standard input",
                    at: word.range,
                    hint: "none, inherit, { file: … } or { text: … }"
                )
            }
            return .none
        case .file(let path): return .file(Path.absolute(path.value, in: directory))
        case .text(let text): return .text(text.value)
        case nil: return .none
        }
    }

    mutating func onlyIf(of job: ManifestJob, _ shell: [String]?) -> StartCondition? {
        switch job.onlyIf {
        case .script(let comparison): Self.holds(comparison.value) ? nil : .never
        case .words: job.onlyIf.flatMap { words($0, shell) }.map(StartCondition.command)
        case nil: nil
        }
    }

    /// `a == b`, `a != b`, or something that is not empty and no word for no.
    private static func holds(_ comparison: String) -> Bool {
        for (sign, isEqual) in [("==", true), ("!=", false)] {
            guard let place = comparison.firstRange(of: sign) else { continue }
            let (left, right) = (comparison[..<place.lowerBound], comparison[place.upperBound...])
            return (operand(left) == operand(right)) == isEqual
        }
        return !["", "0", "false", "no", "off"].contains(operand(comparison[...]).lowercased())
    }

    /// Without the blanks around it, and without quotes.
    private static func operand(_ text: Substring) -> Substring {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        guard text.count > 1, let quote = text.first, quote == text.last, "'\"".contains(quote) else { return text }
        return text.dropFirst().dropLast()
    }

    /// What pkrun does with which signal.
    mutating func signals() -> [SignalNumber: SignalAction] {
        var signals = Plan.usualSignals
        for written in manifest.signals {
            let action: SignalAction? = word(written.action, "an answer to a signal")
            guard let signal = signal(written.signal) else { continue }
            if SignalNumber.unchangeable.contains(signal) {
                report(.invalidSignal, "what \(signal) does cannot be chosen", at: written.signal.range)
            }
            signals[signal] = action
        }
        return signals
    }
}

extension SignalNumber {
    /// KILL, STOP, and CHLD, by which pkrun itself hears of its children.
    fileprivate static let unchangeable = Set([9, 17, 19].compactMap { SignalNumber(rawValue: $0) })
}
