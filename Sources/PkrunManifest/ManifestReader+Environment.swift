internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    mutating func environment<Key>(_ field: Field<Key>) -> [ManifestVariable] {
        admitsSecrets = true
        defer { admitsSecrets = false }
        return switch field.value?.content {
        case .mapping(let entries): entries.compactMap { variable($0) }
        case .sequence(let items): notingDuplicates(items.compactMap { variable($0, of: field.name) })
        case .scalar, nil: []
        }
    }

    private mutating func variable(_ entry: Node.Entry) -> ManifestVariable? {
        let name = Located(entry.key, at: entry.keyRange)
        guard isValid(name) else { return nil }
        if entry.value.isNull { return ManifestVariable(name: name, value: nil) }
        return checked(entry.value, is: .text, "variable '\(entry.key)'").flatMap { text($0) }
            .map { ManifestVariable(name: name, value: $0) }
    }

    /// In a list the last word counts, as in compose. That there are two is surely not meant.
    private mutating func notingDuplicates(_ variables: [ManifestVariable]) -> [ManifestVariable] {
        var first: [String: SourceRange] = [:]
        for variable in variables {
            guard let other = first.updateValue(variable.name.range, forKey: variable.name.value) else { continue }
            log.warn(
                Diagnostic(
                    .duplicateKey,
                    "'\(variable.name.value)' is set twice; this one counts",
                    at: variable.name.range,
                    notes: [Diagnostic.Note("it is set here first", at: other)]
                )
            )
        }
        return variables
    }

    private mutating func variable(_ item: Node, of list: String) -> ManifestVariable? {
        guard let text = word(item, of: list) else { return nil }
        guard let separator = text.value.unicodeScalars.firstIndex(of: "=") else {
            report(
                .invalidVariableName,
                "'\(text.value)' sets nothing",
                at: text.range,
                hint: "write \(text.value)=value, or \(text.value)=${\(text.value)} for pkrun's own"
            )
            return nil
        }
        let name = Located(String(text.value[..<separator]), at: text.range)
        guard isValid(name) else { return nil }
        let value = String(text.value[text.value.unicodeScalars.index(after: separator)...])
        return ManifestVariable(name: name, value: Located(value, at: text.range))
    }

    /// The kernel takes any name without `=` and NUL; environ(7).
    private mutating func isValid(_ name: Located<String>) -> Bool {
        let isValid = !name.value.isEmpty && !name.value.utf8.contains(UInt8(ascii: "="))
        if !isValid {
            report(
                .invalidVariableName,
                "'\(name.value)' cannot be the name of a variable",
                at: name.range,
                hint: name.value.isEmpty ? "it needs a name" : "a name has no '=' in it"
            )
        }
        return isValid
    }

    mutating func environmentFiles<Key>(_ field: Field<Key>) -> [ManifestEnvironmentFile] {
        guard let node = field.value else { return [] }
        guard case .sequence(let items) = node.content else {
            return text(node).map { [ManifestEnvironmentFile(path: $0, isRequired: true)] } ?? []
        }
        return items.compactMap { item in
            guard case .mapping = item.content else {
                return word(item, of: field.name).map { ManifestEnvironmentFile(path: $0, isRequired: true) }
            }
            return environmentFile(item, of: field.name)
        }
    }

    private mutating func environmentFile(_ node: Node, of list: String) -> ManifestEnvironmentFile? {
        var path: Located<String>?
        var isRequired = true
        for field in fields(node, EnvironmentFileKey.table, of: "an item of '\(list)'", required: .path) {
            switch field.key {
            case .path: path = text(field.value)
            case .required: isRequired = boolean(field.value)?.value ?? true
            }
        }
        return path.map { ManifestEnvironmentFile(path: $0, isRequired: isRequired) }
    }
}
