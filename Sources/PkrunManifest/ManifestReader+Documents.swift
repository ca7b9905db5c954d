internal import PkrunDiagnostics
internal import PkrunYAML

/// One file of a manifest, whose root is a map.
struct ManifestDocument {
    var root: Node
    /// With the file's own `vars`.
    var interpolation: Interpolation
}

extension ManifestReader {
    /// - Parameters:
    ///   - origin: what brought the file in, if it is not the user's own word.
    ///   - outer: what the file's `vars` are added to.
    mutating func document(
        _ source: ManifestSource,
        origin: SourceRange? = nil,
        over outer: Interpolation
    ) -> ManifestDocument? {
        guard let file = sourceFile(source, origin: origin) else { return nil }
        if Dialect.isProcfile(file) { return procfile(file, over: outer) }
        guard let root = root(of: file) else { return nil }
        if Dialect.isProcessCompose(file, root) { return processCompose(root, over: outer) }
        let named = outer.adding(secretReferences(of: root))
        interpolation = named
        return ManifestDocument(root: root, interpolation: named.adding(variables(of: root)))
    }

    mutating func sourceFile(_ source: ManifestSource, origin: SourceRange?) -> SourceFile? {
        do throws(Diagnostic) {
            return try SourceFile.decode(
                source.bytes,
                path: source.path,
                directory: source.directory,
                origin: origin
            )
        } catch {
            log.report(error)
            return nil
        }
    }

    /// The map that the file holds.
    mutating func root(of file: SourceFile) -> Node? {
        guard let root = YAML.read(file, log: &log), !root.isNull else {
            reportEmpty(file, hint: "it needs 'jobs'")
            return nil
        }
        guard case .mapping = root.content else {
            report(.wrongType, "a manifest is a map with the key 'jobs', not \(root.content.kindName)", at: root.range)
            return nil
        }
        return root
    }

    mutating func reportEmpty(_ file: SourceFile, hint: String) {
        guard !log.hasErrors else { return }
        report(.emptyManifest, "the manifest is empty", at: file.start, hint: hint)
    }

    /// The document in a file that another one names.
    mutating func document(at path: Located<String>, over outer: Interpolation) -> ManifestDocument? {
        source(at: path).flatMap { document($0, origin: path.range, over: outer) }
    }

    mutating func source(at path: Located<String>) -> ManifestSource? {
        let parent = path.range.file
        let absolute = Self.absolute(path)
        switch readFile(absolute) {
        case .bytes(let bytes):
            let shown = Path.isAbsolute(path.value) ? path.value : Path.directory(of: parent.path) + path.value
            let directory = Path.directory(of: absolute)
            return ManifestSource(
                bytes,
                path: shown,
                directory: directory.count > 1 ? String(directory.dropLast()) : directory
            )
        case .missing:
            report(.unreadableFile, "there is no \(absolute)", at: path.range)
        case .unreadable(let reason):
            report(.unreadableFile, "'\(path.value)' cannot be read: \(reason)", at: path.range)
        }
        return nil
    }

    /// The absolute path of a file that is named in another.
    static func absolute(_ path: Located<String>) -> String {
        Path.normalized(Path.absolute(path.value, in: path.range.file.directory))
    }

    static func absolutePath(of file: SourceFile) -> String {
        Path.normalized(Path.absolute(Path.lastComponent(of: file.path), in: file.directory))
    }

    /// `${…}` of a secret is replaced when the run begins.
    private func secretReferences(of root: Node) -> [String: String] {
        guard let node = root.entry(ManifestKey.secrets.rawValue)?.value, case .mapping(let entries) = node.content
        else { return [:] }
        return Dictionary(entries.map { ($0.key, SecretReference.text($0.key)) }) { first, _ in first }
    }

    /// `vars`, each of which sees those above it.
    private mutating func variables(of root: Node) -> [String: String] {
        guard let node = root.entry("vars")?.value, case .mapping(let entries) = node.content else { return [:] }
        let outer = interpolation
        defer { interpolation = outer }
        var values: [String: String] = [:]
        for entry in entries {
            guard Interpolation.isName(entry.key) else {
                reportName(entry, of: "variable")
                continue
            }
            values[entry.key] = value(entry)?.value
            interpolation = outer.adding(values)
        }
        return values
    }

    /// A name that `${…}` could not ask for.
    mutating func reportName(_ entry: Node.Entry, of subject: String) {
        report(
            .invalidVariableName,
            "'\(entry.key)' cannot be the name of a \(subject)",
            at: entry.keyRange,
            hint: "letters, digits and '_', not beginning with a digit"
        )
    }
}

extension Node {
    /// The entry of a map.
    func entry(_ key: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }
    }
}
