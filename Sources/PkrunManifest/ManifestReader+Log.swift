internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    mutating func logSettings<Key>(_ field: Field<Key>) -> ManifestLog? {
        guard let node = field.value else { return nil }
        guard case .mapping = node.content else { return ManifestLog(path: text(node)) }
        var log = ManifestLog()
        let fields = fields(node, LogKey.table, of: "'\(field.name)'")
        for field in fields {
            switch field.key {
            case .path: log.path = text(field.value)
            case .split: log.split = boolean(field.value)
            case .maxSize: log.maximumSize = size(field.value)
            case .maxFiles: log.maximumFiles = integer(field.value, in: 2...1000)
            case .timestamps: log.timestamps = boolean(field.value)
            case .prefix: log.prefix = text(field.value)
            case .color: log.color = text(field.value)
            }
        }
        return log
    }

    /// What lies under the logs of all jobs, which cannot be one file.
    mutating func logDefaults(_ field: Field<ManifestKey>) -> ManifestLog {
        if let path = field.value?.entry(LogKey.path.rawValue) {
            report(.unknownKey, "'path' cannot stand in the 'log' of all jobs", at: path.keyRange)
        }
        var log = logSettings(field) ?? ManifestLog()
        log.path = nil
        return log
    }
}
