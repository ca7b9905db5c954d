internal import PkrunDiagnostics
internal import PkrunYAML

/// A file that is to be part of the manifest.
struct Inclusion {
    var path: Located<String>
    /// What its jobs belong to that name no profile.
    var profiles: Located<[String]>?
    var interpolation: Interpolation
}

extension ManifestReader {
    mutating func inclusions(_ field: Field<ManifestKey>) -> [Inclusion] {
        guard let node = field.value else { return [] }
        let items = if case .sequence(let items) = node.content { items } else { [node] }
        return items.compactMap { item in
            guard case .mapping = item.content else {
                return word(item, of: field.name).map { Inclusion(path: $0, interpolation: interpolation) }
            }
            return inclusion(item, of: field.name)
        }
    }

    private mutating func inclusion(_ node: Node, of list: String) -> Inclusion? {
        var path: Located<String>?
        var profiles: Located<[String]>?
        for field in fields(node, IncludeKey.table, of: "an item of '\(list)'", required: .path) {
            switch field.key {
            case .path: path = text(field.value)
            case .profiles: profiles = texts(field)
            }
        }
        return path.map { Inclusion(path: $0, profiles: profiles, interpolation: interpolation) }
    }

    /// A file that several include is part of the manifest once.
    mutating func include(
        _ inclusion: Inclusion,
        from scope: Int,
        _ profiles: Located<[String]>?,
        into manifest: inout Manifest
    ) {
        let path = Self.absolute(inclusion.path)
        var ancestor: SourceFile? = inclusion.path.range.file
        while let file = ancestor {
            guard Self.absolutePath(of: file) != path else {
                report(.inclusionCycle, "'\(inclusion.path.value)' includes itself", at: inclusion.path.range)
                return
            }
            ancestor = file.origin?.file
        }
        guard includedFiles.insert(path).inserted,
            let document = document(at: inclusion.path, over: inclusion.interpolation)
        else { return }
        manifest.scopes.append(ManifestScope(parent: scope))
        read(
            [document],
            scope: manifest.scopes.count - 1,
            profiles: inclusion.profiles ?? profiles,
            into: &manifest
        )
    }
}
