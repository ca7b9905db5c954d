internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    mutating func readiness(_ field: Field<JobKey>, owner: String) -> ManifestReadiness? {
        guard let node = field.value, case .mapping(let entries) = node.content else { return nil }
        var readiness = ManifestReadiness()
        let fields = fields(node, ReadinessKey.table, of: "'\(field.name)' of job '\(owner)'")
        for field in fields {
            switch field.key {
            case .timeout: readiness.timeout = duration(field)
            case .interval: readiness.interval = duration(field)
            case .retries: readiness.retries = integer(field.value, in: 1...Int.max)
            default: if let probe = probe(field) { readiness.probes.append(probe) }
            }
        }
        let namesProbe = fields.contains { ![.timeout, .interval, .retries].contains($0.key) }
        // A key that is not known may have been meant for one.
        if !namesProbe, fields.count == entries.count {
            report(
                .missingKey,
                "'\(field.name)' has no probe",
                at: field.keyRange,
                hint: "add line, tcp, port, http, exec, file, notify or delay"
            )
        }
        return readiness
    }

    /// A probe of `ready`, or of `health`, which has some of the same under the same names.
    mutating func probe<Key: RawRepresentable<String>>(_ field: Field<Key>) -> ManifestProbe? {
        switch ReadinessKey(rawValue: field.key.rawValue) {
        case .line: line(field)
        case .tcp: text(field.value).map(ManifestProbe.tcp)
        case .port: integer(field.value, in: 1...65_535).map(ManifestProbe.port)
        case .http: http(field)
        case .exec: command(field).map(ManifestProbe.exec)
        case .file: text(field.value).map(ManifestProbe.file)
        case .notify: notify(field).map(ManifestProbe.notify)
        case .delay: duration(field).map(ManifestProbe.delay)
        case .timeout, .interval, .retries, nil: nil
        }
    }

    /// The descriptor must leave room for the three that every process has.
    private mutating func notify<Key>(_ field: Field<Key>) -> ManifestNotify? {
        guard let node = field.value else { return nil }
        guard case .mapping = node.content else { return text(node).map(ManifestNotify.word) }
        let fields = fields(node, NotifyKey.table, of: "'\(field.name)'", required: .fd, orAt: field.keyRange)
        return integer(fields.first?.value, in: 3...255).map(ManifestNotify.descriptor)
    }

    /// `ready_log_line`, the short form of `ready: { line: … }`.
    mutating func readyLogLine(_ field: Field<JobKey>) -> ManifestReadiness? {
        guard field.value != nil else { return nil }
        return ManifestReadiness(probes: line(field).map { [$0] } ?? [])
    }

    private mutating func line<Key>(_ field: Field<Key>) -> ManifestProbe? {
        guard let node = field.value else { return nil }
        guard case .mapping = node.content else {
            return text(node).map { .line(pattern: $0, stream: nil) }
        }
        let fields = fields(node, LineKey.table, of: "'\(field.name)'", required: .pattern, orAt: field.keyRange)
        var pattern: Located<String>?
        var stream: Located<String>?
        for field in fields {
            switch field.key {
            case .pattern: pattern = text(field.value)
            case .stream: stream = text(field.value)
            }
        }
        return pattern.map { .line(pattern: $0, stream: stream) }
    }

    private mutating func http<Key>(_ field: Field<Key>) -> ManifestProbe? {
        guard let node = field.value else { return nil }
        guard case .mapping = node.content else {
            return text(node).map { .http(url: $0, status: nil, headers: []) }
        }
        let fields = fields(node, HTTPKey.table, of: "'\(field.name)'", required: .url, orAt: field.keyRange)
        var url: Located<String>?
        var status: Located<String>?
        var headers: [ManifestHeader] = []
        for field in fields {
            switch field.key {
            case .url: url = text(field.value)
            case .status: status = text(field.value)
            case .headers: headers = self.headers(field)
            }
        }
        return url.map { .http(url: $0, status: status, headers: headers) }
    }

    private mutating func headers(_ field: Field<HTTPKey>) -> [ManifestHeader] {
        guard let node = field.value, case .mapping(let entries) = node.content else { return [] }
        return entries.compactMap { entry in
            let name = Located(entry.key, at: entry.keyRange)
            return checked(entry.value, is: .text, "header '\(entry.key)'", orAt: entry.keyRange).flatMap { text($0) }
                .map { ManifestHeader(name: name, value: $0) }
        }
    }
}
