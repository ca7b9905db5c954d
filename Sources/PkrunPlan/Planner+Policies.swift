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
            let target: SignalTarget? = word(target, "a target of a signal")
            return self.signal(signal).map { .signal($0, to: target ?? .tree, wait: wait?.value ?? Self.defaultWait) }
        case .command(let command, let wait):
            return words(command, shell).map { .command($0, wait: wait?.value ?? Self.defaultWait) }
        }
    }

    mutating func signal(_ text: Located<String>?) -> SignalNumber? {
        guard let text else { return nil }
        if let signal = SignalNumber(parsing: text.value) { return signal }
        let names = SignalNumber.allNames
        report(
            .invalidSignal,
            "'\(text.value)' is not a signal",
            at: text.range,
            hint: Suggestion.hint(for: text.value, among: names + names.map { "SIG\($0)" })
                ?? "such as TERM, SIGTERM or 15"
        )
        return nil
    }

    mutating func restart(of job: ManifestJob) -> RestartPolicy {
        guard let written = job.restart else { return RestartPolicy() }
        let condition: RestartPolicy.Condition? = word(written.policy, "a restart policy")
        var policy = RestartPolicy(condition: condition ?? .no, maximum: written.maximum?.value)
        if let backoff = written.backoff?.value { policy.backoff = backoff }
        if let maximum = written.maximumBackoff?.value { policy.maximumBackoff = maximum }
        if let factor = written.factor?.value { policy.factor = factor }
        policy.window = positive(written.window)
        return policy
    }

    mutating func retry(of job: ManifestJob, _ kind: JobKind) -> RetryPolicy {
        guard kind == .task, let written = job.retry else { return RetryPolicy() }
        return RetryPolicy(
            maximum: written.maximum?.value ?? 0,
            delay: written.delay?.value ?? .zero,
            triggers: written.triggers.map { triggers($0) }
        )
    }

    private mutating func triggers(_ words: [Located<String>]) -> RetryPolicy.Triggers {
        var triggers = RetryPolicy.Triggers()
        for word in words {
            if word.value == "timeout" {
                triggers.timeout = true
            } else if let code = Int32(word.value), (0...255).contains(code) {
                triggers.exitCodes.insert(code)
            } else {
                report(
                    .invalidWord,
                    "'\(word.value)' cannot be retried on",
                    at: word.range,
                    hint: "timeout, or an exit code; 128 plus its number for a signal"
                )
            }
        }
        return triggers
    }

    /// A service has no end that these could wait for. Under `defaults` they are meant for the tasks among the jobs.
    mutating func checkTaskKeys(of job: ManifestJob, _ kind: JobKind) {
        guard kind == .service else { return }
        if let isFinally = job.isFinally, isFinally.value { reportTaskKey("finally", of: job, at: isFinally.range) }
        let defaults = manifest.scopes[job.scope].defaults
        if let locks = job.locks, !locks.value.isEmpty, locks != defaults?.locks {
            reportTaskKey("locks", of: job, at: locks.range)
        }
        if let retry = job.retry, retry != defaults?.retry {
            reportTaskKey("retry", of: job, at: retry.range, hint: "a service has 'restart'")
        }
    }

    private mutating func reportTaskKey(
        _ key: String,
        of job: ManifestJob,
        at range: SourceRange,
        hint: String? = nil
    ) {
        report(
            .conflictingKeys,
            "'\(key)' is for tasks, and '\(job.name.value)' is a service",
            at: range,
            hint: hint
        )
    }
}
