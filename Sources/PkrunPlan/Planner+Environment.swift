internal import PkrunDiagnostics
internal import PkrunManifest

/// What lies under the jobs of a file.
struct JobScope {
    var environment: [EnvironmentOverlay.Change] = []
    var log = ManifestLog()
}

extension Planner {
    /// For each of the manifest's scopes, with those of the files that include it under it.
    mutating func scopes() -> [JobScope] {
        var scopes: [JobScope] = []
        // An including file stands before those that it includes.
        for written in manifest.scopes {
            var scope = written.parent.map { scopes[$0] } ?? JobScope()
            scope.environment += fileEnvironment(written.environmentFiles)
            scope.environment += written.environment.map { EnvironmentOverlay.Change($0.name.value, $0.value?.value) }
            scope.log = written.log.merged(over: scope.log)
            scopes.append(scope)
        }
        return scopes
    }

    mutating func fileEnvironment(_ files: [ManifestEnvironmentFile]) -> [EnvironmentOverlay.Change] {
        files.flatMap { file in
            variables(of: file).map { EnvironmentOverlay.Change($0.name, $0.value) }
        }
    }

    private mutating func variables(of file: ManifestEnvironmentFile) -> [EnvironmentFile.Variable] {
        let path = file.path.absolutePath
        if let known = environmentFiles[path] { return known }
        let variables: [EnvironmentFile.Variable]
        switch host.readFile(path) {
        case .bytes(let bytes):
            // Shown as the manifest itself is shown: from where the user stands.
            let shown =
                Path.isAbsolute(file.path.value)
                ? path : Path.directory(of: file.path.range.file.path) + file.path.value
            variables = EnvironmentFile.read(bytes, path: shown, environment: host.environment, log: &log)
        case .missing where !file.isRequired:
            variables = []
        case .missing:
            reportUnreadable(
                file.path,
                because: "there is no \(path)",
                hint: "{ path: …, required: false } allows that"
            )
            return []
        case .unreadable(let reason):
            reportUnreadable(file.path, because: reason, hint: nil)
            return []
        }
        environmentFiles[path] = variables
        return variables
    }

    private mutating func reportUnreadable(_ path: Located<String>, because reason: String, hint: String?) {
        report(.unreadableFile, "environment file '\(path.value)': \(reason)", at: path.range, hint: hint)
    }
}
