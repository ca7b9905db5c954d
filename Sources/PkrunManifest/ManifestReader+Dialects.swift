internal import PkrunDiagnostics
internal import PkrunYAML

// Manifests of other tools, with `.env` beside them as those have it.

extension ManifestReader {
    mutating func processCompose(_ root: Node, over outer: Interpolation) -> ManifestDocument {
        let inner = outer.adding(environmentFile(beside: root.range.file))
        interpolation = inner
        let project = overBase(root)
        var converter = ProcessCompose(environment: inner.lookup, log: log)
        let converted = converter.convert(project)
        log = converter.log
        return ManifestDocument(root: converted, interpolation: inner)
    }

    /// The project with the one that it extends under it.
    private mutating func overBase(_ root: Node) -> Node {
        guard let entry = root.entry("extends"), let path = text(entry.value) else { return root }
        let absolute = Self.absolute(path)
        var ancestor: SourceFile? = root.range.file
        while let file = ancestor {
            guard Self.absolutePath(of: file) != absolute else {
                report(.inclusionCycle, "'\(path.value)' extends itself", at: path.range)
                return root
            }
            ancestor = file.origin?.file
        }
        guard let source = source(at: path), let file = sourceFile(source, origin: path.range),
            let base = self.root(of: file)
        else { return root }
        return ProcessCompose.merged(root, over: overBase(base))
    }

    mutating func procfile(_ file: SourceFile, over outer: Interpolation) -> ManifestDocument? {
        let interpolation = outer.adding(environmentFile(beside: file))
        let port = interpolation.lookup("PORT").flatMap { Int($0) } ?? 5000
        var procfile = Procfile(basePort: port, scale: scale, log: log)
        let root = procfile.convert(file)
        log = procfile.log
        firstPorts.merge(procfile.ports) { $1 }
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
