package import PkrunDiagnostics
internal import PkrunYAML

/// From a manifest's bytes to what is written in it.
package enum ManifestLoader {
    /// - Parameters:
    ///   - path: the name for messages.
    ///   - environment: what `${…}` sees.
    ///   - log: takes everything that is wrong.
    /// - Returns: as much as could be read; `nil` where the text is no YAML at all.
    package static func load(
        _ bytes: [UInt8],
        path: String,
        environment: @escaping @Sendable (String) -> String?,
        log: inout DiagnosticLog
    ) -> Manifest? {
        let file: SourceFile
        do throws(Diagnostic) {
            file = try SourceFile.decode(bytes, path: path)
        } catch {
            log.report(error)
            return nil
        }
        guard let root = YAML.read(file, log: &log), !root.isNull else {
            if !log.hasErrors {
                log.report(Diagnostic(.emptyManifest, "the manifest is empty", at: file.start, hint: "it needs 'jobs'"))
            }
            return nil
        }
        var reader = ManifestReader(interpolation: Interpolation(lookup: environment), log: log)
        let manifest = reader.manifest(root)
        log = reader.log
        return manifest
    }
}
