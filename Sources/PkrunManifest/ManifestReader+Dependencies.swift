internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    mutating func dependencies(_ field: Field<JobKey>) -> [ManifestDependency] {
        switch field.value?.content {
        case .mapping(let entries):
            return entries.map { entry in
                dependency(entry)
            }
        case .sequence(let items):
            return items.compactMap { item in
                word(item, of: field.name).map { ManifestDependency(job: $0, condition: nil) }
            }
        case .scalar, nil:
            return []
        }
    }

    private mutating func dependency(_ entry: Node.Entry) -> ManifestDependency {
        var dependency = ManifestDependency(job: Located(entry.key, at: entry.keyRange))
        switch entry.value.content {
        case .scalar:
            if !entry.value.isNull { dependency.condition = text(entry.value) }
        case .mapping:
            for field in fields(entry.value, DependencyKey.table, of: "the dependency on '\(entry.key)'") {
                switch field.key {
                case .condition: dependency.condition = text(field.value)
                case .required: dependency.isRequired = boolean(field.value)
                case .restart: dependency.restarts = boolean(field.value)
                }
            }
        case .sequence:
            _ = checked(entry.value, is: .text, "the condition on '\(entry.key)'")
        }
        return dependency
    }
}
