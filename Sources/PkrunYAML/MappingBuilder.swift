internal import PkrunDiagnostics

/// Collects the entries of one mapping: keys are text and stand once, `<<` brings in those of others.
struct MappingBuilder {
    private var entries: [Node.Entry] = []
    private var merged: [Node.Entry] = []
    private var mergeKey: SourceRange?
    /// Filled when comparing with every entry would begin to cost.
    private var index: [String: Int] = [:]

    mutating func add(_ key: Node, _ value: consuming Node, _ log: inout DiagnosticLog) {
        guard case .scalar(let scalar) = key.content else {
            log.report(Diagnostic(.invalidKey, "a key must be text, not a list or a map", at: key.range))
            return
        }
        if scalar.text == "<<", scalar.style == .plain {
            merge(key.range, value, &log)
            return
        }
        if let first = position(of: scalar.text) {
            log.report(
                Diagnostic(
                    .duplicateKey,
                    "duplicate key '\(scalar.text)'",
                    at: key.range,
                    notes: [Diagnostic.Note("it stands here already", at: entries[first].keyRange)]
                )
            )
            return
        }
        entries.append(Node.Entry(key: scalar.text, keyRange: key.range, value: value))
    }

    /// What is written wins over what is merged, and what is merged earlier over what is merged later.
    func finish() -> [Node.Entry] {
        guard !merged.isEmpty else { return entries }
        var taken = Set(entries.map(\.key))
        var result: [Node.Entry] = []
        for entry in merged where taken.insert(entry.key).inserted { result.append(entry) }
        return result + entries
    }

    private mutating func merge(_ key: SourceRange, _ value: Node, _ log: inout DiagnosticLog) {
        if let mergeKey {
            log.report(
                Diagnostic(
                    .duplicateKey,
                    "duplicate key '<<'",
                    at: key,
                    hint: "merge several with a list: <<: [*a, *b]",
                    notes: [Diagnostic.Note("it stands here already", at: mergeKey)]
                )
            )
            return
        }
        mergeKey = key
        let sources = if case .sequence(let items) = value.content { items } else { [value] }
        for source in sources where !source.isNull {
            guard case .mapping(let entries) = source.content else {
                log.report(
                    Diagnostic(.invalidMergeKey, "'<<' takes a map, an alias of a map, or a list of them", at: key)
                )
                return
            }
            for var entry in entries {
                entry.isMerged = true
                merged.append(entry)
            }
        }
    }

    private static let scanLimit = 32

    /// Where the key stands already; where it does not, it is noted as the next.
    private mutating func position(of key: String) -> Int? {
        guard entries.count >= Self.scanLimit else { return entries.firstIndex { $0.key == key } }
        if index.isEmpty { for (position, entry) in entries.enumerated() { index[entry.key] = position } }
        let first = index.updateValue(entries.count, forKey: key)
        if let first { index[key] = first }
        return first
    }
}
