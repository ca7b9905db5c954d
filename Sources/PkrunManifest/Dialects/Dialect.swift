internal import PkrunDiagnostics
internal import PkrunYAML

/// Manifests of other tools, which are turned into nodes of our own language. The nodes keep the places of what they
/// were made from, so that whatever is said about them points into the user's file.
enum Dialect {
    /// `Procfile`, `Procfile.dev`. Such a file is no YAML, or at best by accident.
    static func isProcfile(_ file: SourceFile) -> Bool {
        let name = Path.lastComponent(of: file.path).lowercased()
        return !isYAML(name) && name.contains("procfile")
    }

    /// By its name, or by what stands in it.
    static func isProcessCompose(_ file: SourceFile, _ root: Node) -> Bool {
        isNamedProcessCompose(file) || hasTraits(root)
    }

    static func isNamedProcessCompose(_ file: SourceFile) -> Bool {
        let name = Path.lastComponent(of: file.path).lowercased()
        return name.hasPrefix("process-compose") && isYAML(name)
    }

    private static func isYAML(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

    /// Keys that process-compose alone has.
    private static func hasTraits(_ root: Node) -> Bool {
        guard let processes = root.entry("processes")?.value else { return false }
        let settings = ["is_strict", "log_level", "log_length", "ordered_shutdown", "disable_env_expansion"]
        if settings.contains(where: { root.entry($0) != nil }) { return true }
        guard case .mapping(let entries) = processes.content else { return false }
        return entries.contains { entry in
            ["availability", "shutdown", "is_daemon", "log_location", "log_configuration", "namespace"]
                .contains { entry.value.entry($0) != nil }
                || ["http_get", "period_seconds", "initial_delay_seconds", "failure_threshold"]
                    .contains { entry.value.entry("readiness_probe")?.value.entry($0) != nil }
        }
    }
}

extension Node {
    /// Text that was made from what stands at a place.
    static func text(_ text: String, at range: SourceRange) -> Node { Node(.scalar(Scalar(text, .text)), at: range) }

    static func list(_ words: [String], at range: SourceRange) -> Node {
        Node(.sequence(words.map { text($0, at: range) }), at: range)
    }

    static func map(_ entries: [Entry], at range: SourceRange) -> Node { Node(.mapping(entries), at: range) }

    /// The text of a scalar that says something.
    var word: String? {
        guard case .scalar(let scalar) = content, !isNull else { return nil }
        return scalar.text
    }
}

extension Node.Entry {
    /// An entry that was made from what stands at a place.
    init(_ key: String, _ value: Node) { self.init(key: key, keyRange: value.range, value: value) }
}
