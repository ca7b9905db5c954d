internal import PkrunDiagnostics
internal import PkrunYAML

// How a job ends and comes back.

extension ManifestReader {
    mutating func ladder(_ field: Field<JobKey>) -> ManifestStop? {
        guard let node = field.value, case .sequence(let items) = node.content else { return nil }
        return .ladder(items.compactMap { step($0, of: field.name) })
    }

    private mutating func step(_ item: Node, of list: String) -> ManifestStopStep? {
        let hint = "such as { signal: TERM, wait: 5s }"
        guard checked(item, is: .stopStep, "a step of '\(list)'", hint: hint) != nil else { return nil }
        let fields = fields(item, StopStepKey.table, of: "a step of '\(list)'")
        var signal: Located<String>?
        var target: Located<String>?
        var command: ManifestCommand?
        var wait: Located<Duration>?
        for field in fields {
            switch field.key {
            case .signal: signal = text(field.value)
            case .to: target = text(field.value)
            case .command: command = self.command(field)
            case .wait: wait = duration(field)
            }
        }
        let ways = fields.filter { $0.key == .signal || $0.key == .command }
        switch ways.count {
        case 0:
            report(.missingKey, "this step has neither 'signal' nor 'command'", at: item.range)
        case 1:
            if let target, ways[0].key == .command {
                report(.conflictingKeys, "'to' belongs to a 'signal', not to a 'command'", at: target.range)
            }
        default:
            report(
                .conflictingKeys,
                "a step is a 'signal' or a 'command', not both",
                at: ways[1].keyRange,
                hint: "make it two steps",
                notes: [Diagnostic.Note("'\(ways[0].name)' stands here", at: ways[0].keyRange)]
            )
        }
        if let command { return .command(command, wait: wait) }
        return signal.map { .signal($0, to: target, wait: wait) }
    }

    /// The short form, its two keys added one by one. A ladder that stands beside it has been reported and stays.
    func short(
        _ stop: ManifestStop?,
        signal: Located<String>? = nil,
        gracePeriod: Located<Duration>? = nil
    ) -> ManifestStop? {
        switch stop {
        case .ladder: stop
        case .short(let first, let second): .short(signal: signal ?? first, gracePeriod: gracePeriod ?? second)
        case nil: .short(signal: signal, gracePeriod: gracePeriod)
        }
    }

    mutating func restart(_ field: Field<JobKey>) -> ManifestRestart? {
        guard let node = field.value else { return nil }
        guard case .mapping = node.content else { return ManifestRestart(policy: policy(node)) }
        var restart = ManifestRestart()
        let fields = fields(node, RestartKey.table, of: "'\(field.name)'", required: .policy, orAt: field.keyRange)
        for field in fields {
            switch field.key {
            case .policy: restart.policy = policy(field.value)
            case .max: restart.maximum = integer(field.value, in: 0...Int.max)
            case .backoff: restart.backoff = duration(field)
            case .backoffSeconds: restart.backoff = duration(field, in: .seconds(1))
            case .maxBackoff: restart.maximumBackoff = duration(field)
            case .factor: restart.factor = number(field.value, atLeast: 1)
            case .window: restart.window = duration(field)
            }
        }
        reportPairs(fields) { $0 == .backoffSeconds ? .backoff : nil }
        return restart
    }

    /// `on_failure` is what process-compose says.
    private mutating func policy(_ node: Node?) -> Located<String>? {
        text(node).map { Located($0.value == "on_failure" ? "on-failure" : $0.value, at: $0.range) }
    }

    mutating func retry(_ field: Field<JobKey>) -> ManifestRetry? {
        guard let node = field.value else { return nil }
        var retry = ManifestRetry(range: field.keyRange)
        guard case .mapping = node.content else {
            retry.maximum = integer(node, in: 0...Int.max)
            return retry
        }
        for field in fields(node, RetryKey.table, of: "'retry'", required: .max, orAt: field.keyRange) {
            switch field.key {
            case .max: retry.maximum = integer(field.value, in: 0...Int.max)
            case .delay: retry.delay = duration(field)
            case .on: retry.triggers = words(field)
            }
        }
        return retry
    }

    /// An exit code has eight bits; wait(2).
    mutating func exitCodes(_ field: Field<JobKey>) -> [Located<Int>]? {
        guard let node = field.value, case .sequence(let items) = node.content else { return nil }
        return items.compactMap { item in
            checked(item, is: .integer, "an item of '\(field.name)'").flatMap { integer($0, in: 0...255) }
        }
    }
}
