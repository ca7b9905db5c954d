package import PkrunDiagnostics
package import PkrunYAML

/// From a manifest's bytes to what is written in it, in the files that it includes and in those that override it.
package enum ManifestLoader {
    /// - Parameters:
    ///   - sources: the manifest, and those that are laid over it, key by key, the last on top.
    ///   - environment: what `${…}` sees.
    ///   - readFile: other files, by absolute path.
    ///   - scale: how many copies of jobs there are, whatever is written.
    ///   - log: takes everything that is wrong.
    /// - Returns: as much as could be read; `nil` where the first text is no map at all.
    package static func load(
        _ sources: [ManifestSource],
        environment: @escaping @Sendable (String) -> String?,
        readFile: @escaping @Sendable (String) -> FileContent = { _ in .missing },
        scale: JobScale = JobScale(),
        log: inout DiagnosticLog
    ) -> Manifest? {
        let interpolation = Interpolation(lookup: environment)
        var reader = ManifestReader(log: log, interpolation: interpolation, readFile: readFile, scale: scale)
        defer { log = reader.log }
        var documents: [ManifestDocument] = []
        for source in sources {
            if let document = reader.document(source, over: documents.last?.interpolation ?? interpolation) {
                documents.append(document)
            } else if documents.isEmpty {
                return nil
            }
        }
        return documents.first.map { reader.manifest($0.root.range.file, documents) }
    }

    /// Whether a text is a manifest of another tool, which `convert` turns into our language.
    package static func isForeign(_ source: ManifestSource) -> Bool {
        var log = DiagnosticLog()
        guard let file = try? SourceFile.decode(source.bytes, path: source.path) else { return false }
        if Dialect.isProcfile(file) || Dialect.isNamedProcessCompose(file) { return true }
        return YAML.read(file, log: &log).map { Dialect.isProcessCompose(file, $0) } ?? false
    }

    /// The comments in a manifest of another tool.
    package static func comments(in root: Node) -> SourceComments {
        let file = root.range.file
        var log = DiagnosticLog()
        if Dialect.isProcfile(file) { return SourceComments(file, outside: [], isYAML: false) }
        return SourceComments(file, outside: YAML.read(file, log: &log)?.texts ?? [], isYAML: true)
    }

    /// A manifest of another tool in our own language; one that is in it already comes back as it is.
    package static func convert(
        _ source: ManifestSource,
        environment: @escaping @Sendable (String) -> String?,
        readFile: @escaping @Sendable (String) -> FileContent,
        log: inout DiagnosticLog
    ) -> Node? {
        let interpolation = Interpolation(lookup: environment)
        var reader = ManifestReader(log: log, interpolation: interpolation, readFile: readFile)
        defer { log = reader.log }
        return reader.document(source, over: interpolation)?.root
    }
}
