internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    mutating func secrets(_ field: Field<ManifestKey>) -> [ManifestSecret] {
        guard let node = field.value, case .mapping(let entries) = node.content else { return [] }
        return entries.compactMap { entry in
            guard Interpolation.isName(entry.key) else {
                reportName(entry, of: "secret")
                return nil
            }
            let hint = "such as { env: \(entry.key) }"
            guard checked(entry.value, is: .secret, "secret '\(entry.key)'", orAt: entry.keyRange, hint: hint) != nil
            else { return nil }
            let name = Located(entry.key, at: entry.keyRange)
            return source(of: entry).map { ManifestSecret(name: name, source: $0) }
        }
    }

    private mutating func source(of entry: Node.Entry) -> ManifestSecret.Source? {
        let fields = fields(entry.value, SecretKey.table, of: "secret '\(entry.key)'")
        if let second = fields.dropFirst().first {
            reportConflict(second.keyRange, second.name, fields[0].keyRange, fields[0].name)
        }
        guard let field = fields.first else {
            report(
                .missingKey,
                "secret '\(entry.key)' has no source",
                at: entry.keyRange,
                hint: "add env, file or command"
            )
            return nil
        }
        return switch field.key {
        case .env: text(field.value).map(ManifestSecret.Source.environment)
        case .file: text(field.value).map(ManifestSecret.Source.file)
        case .command: command(field).map(ManifestSecret.Source.command)
        }
    }
}
