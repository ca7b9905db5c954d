internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    mutating func health(_ field: Field<JobKey>, owner: String) -> ManifestHealth? {
        guard let node = field.value, case .mapping(let entries) = node.content else { return nil }
        var health = ManifestHealth()
        let fields = fields(node, HealthKey.table, of: "'\(field.name)' of job '\(owner)'")
        var namesProbe = false
        for field in fields {
            switch field.key {
            case .interval: health.interval = duration(field)
            case .timeout: health.timeout = duration(field)
            case .retries: health.retries = integer(field.value, in: 1...Int.max)
            case .startPeriod: health.startPeriod = duration(field)
            case .onFailure: health.onFailure = text(field.value)
            case .tcp, .port, .http, .exec, .file:
                namesProbe = true
                if let probe = probe(field) { health.probes.append(probe) }
            }
        }
        if !namesProbe, fields.count == entries.count {
            report(
                .missingKey,
                "'\(field.name)' has no probe",
                at: field.keyRange,
                hint: "add tcp, port, http, exec or file"
            )
        }
        return health
    }

    mutating func input(_ field: Field<JobKey>) -> ManifestInput? {
        guard let node = field.value else { return nil }
        guard case .mapping = node.content else { return text(node).map(ManifestInput.word) }
        let fields = fields(node, InputKey.table, of: "'\(field.name)'")
        if fields.count != 1 {
            report(
                fields.isEmpty ? .missingKey : .conflictingKeys,
                "'\(field.name)' needs one of 'file' and 'text'",
                at: field.keyRange
            )
        }
        guard let field = fields.first, let text = text(field.value) else { return nil }
        return field.key == .file ? .file(text) : .text(text)
    }

    mutating func signals(_ field: Field<ManifestKey>) -> [ManifestSignal] {
        guard let node = field.value, case .mapping(let entries) = node.content else { return [] }
        return entries.compactMap { entry in
            let signal = Located(entry.key, at: entry.keyRange)
            return checked(entry.value, is: .text, "the answer to '\(entry.key)'", orAt: entry.keyRange).flatMap {
                text($0)
            }
            .map { ManifestSignal(signal: signal, action: $0) }
        }
    }
}
