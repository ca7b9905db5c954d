internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    mutating func dependencies(_ field: Field<JobKey>) -> [ManifestDependency] {
        switch field.value?.content {
        case .mapping(let entries):
            return entries.map { entry in
                ManifestDependency(job: Located(entry.key, at: entry.keyRange), condition: condition(entry))
            }
        case .sequence(let items):
            return items.compactMap { item in
                self.item(item, of: field.name, mustBe: .text).flatMap { text($0) }
                    .map { ManifestDependency(job: $0, condition: nil) }
            }
        case .scalar, nil:
            return []
        }
    }

    private mutating func condition(_ entry: Node.Entry) -> Located<String>? {
        switch entry.value.content {
        case .scalar:
            return entry.value.isNull ? nil : text(entry.value)
        case .mapping:
            let fields = fields(entry.value, DependencyKey.table, of: "the dependency on '\(entry.key)'")
            return fields.first.flatMap { text($0.value) }
        case .sequence:
            report(.wrongType, "a condition must be text, not a list", at: entry.value.range)
            return nil
        }
    }
}
