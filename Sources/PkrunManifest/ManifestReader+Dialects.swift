internal import PkrunDiagnostics
internal import PkrunYAML

// Manifests of other tools, with `.env` beside them as those have it.

extension ManifestReader {
    mutating func processCompose(_ root: Node, over outer: Interpolation) -> ManifestDocument {
        let interpolation = outer.adding(environmentFile(beside: root.range.file))
        var converter = ProcessCompose(environment: interpolation.lookup, log: log)
        let converted = converter.convert(root)
        log = converter.log
        return ManifestDocument(root: converted, interpolation: interpolation)
    }

    mutating func procfile(_ file: SourceFile, over outer: Interpolation) -> ManifestDocument? {
        let interpolation = outer.adding(environmentFile(beside: file))
        let port = interpolation.lookup("PORT").flatMap { Int($0) } ?? 5000
        let root = Procfile.convert(file, basePort: port, &log)
        guard case .mapping(let jobs) = root.entry("jobs")?.value.content, !jobs.isEmpty else {
            reportEmpty(file, hint: "it needs a line 'name: command'")
            return nil
        }
        return ManifestDocument(root: root, interpolation: interpolation)
    }

    /// What is wrong in `.env` is told when jobs get it.
    private func environmentFile(beside file: SourceFile) -> [String: String] {
        guard case .bytes(let bytes) = readFile(Path.absolute(".env", in: file.directory)) else { return [:] }
        var log = DiagnosticLog()
        let variables = EnvironmentFile.read(bytes, path: ".env", environment: interpolation.lookup, log: &log)
        return variables.reduce(into: [:]) { $0[$1.name] = $1.value }
    }
}
