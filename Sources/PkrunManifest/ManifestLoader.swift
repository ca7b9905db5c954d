package import PkrunDiagnostics
internal import PkrunYAML

/// From a manifest's bytes to what is written in it, in the files that it includes and in those that override it.
package enum ManifestLoader {
    /// - Parameters:
    ///   - sources: the manifest, and those that are laid over it, key by key, the last on top.
    ///   - environment: what `${…}` sees.
    ///   - readFile: other files, by absolute path.
    ///   - log: takes everything that is wrong.
    /// - Returns: as much as could be read; `nil` where the first text is no map at all.
    package static func load(
        _ sources: [ManifestSource],
        environment: @escaping @Sendable (String) -> String?,
        readFile: @escaping @Sendable (String) -> FileContent = { _ in .missing },
        log: inout DiagnosticLog
    ) -> Manifest? {
        let interpolation = Interpolation(lookup: environment)
        var reader = ManifestReader(interpolation: interpolation, readFile: readFile, log: log)
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
}
