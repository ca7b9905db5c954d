internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    static let defaultWait = Duration.seconds(10)

    mutating func stop(of job: ManifestJob, _ shell: [String]?) -> [StopStep] {
        switch job.stop {
        case .ladder(let steps):
            steps.compactMap { step($0, shell) }
        case .short(let signal, let gracePeriod):
            [.signal(self.signal(signal) ?? .term, to: .tree, wait: gracePeriod?.value ?? Self.defaultWait)]
        case nil:
            [.signal(.term, to: .tree, wait: Self.defaultWait)]
        }
    }

    private mutating func step(_ step: ManifestStopStep, _ shell: [String]?) -> StopStep? {
        switch step {
        case .signal(let signal, let target, let wait):
            let target: SignalTarget? = word(target, "target of a signal")
            return self.signal(signal).map { .signal($0, to: target ?? .tree, wait: wait?.value ?? Self.defaultWait) }
        case .command(let command, let wait):
            return words(command, shell).map { .command($0, wait: wait?.value ?? Self.defaultWait) }
        }
    }

    private mutating func signal(_ text: Located<String>?) -> SignalNumber? {
        guard let text else { return nil }
        if let signal = SignalNumber(parsing: text.value) { return signal }
        let names = SignalNumber.allNames
        log.report(
            Diagnostic(
                .invalidSignal,
                "'\(text.value)' is no signal",
                at: text.range,
                hint: Suggestion.hint(for: text.value, among: names + names.map { "SIG\($0)" })
                    ?? "such as TERM, SIGTERM or 15"
            )
        )
        return nil
    }

    mutating func restart(of job: ManifestJob) -> RestartPolicy {
        guard let written = job.restart else { return RestartPolicy() }
        let condition: RestartPolicy.Condition? = word(written.policy, "restart policy")
        var policy = RestartPolicy(condition: condition ?? .no, maximum: written.maximum?.value)
        if let backoff = written.backoff?.value { policy.backoff = backoff }
        if let maximum = written.maximumBackoff?.value { policy.maximumBackoff = maximum }
        return policy
    }
}
