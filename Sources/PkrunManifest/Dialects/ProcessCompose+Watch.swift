internal import PkrunDiagnostics
internal import PkrunYAML

extension ProcessCompose {
    private static let watchKeys = [
        "paths", "debounce", "cascade", "max_entries", "buffer_size", "disable_default_excludes",
    ]

    /// What is passed over in every directory, unless `disable_default_excludes` is set.
    private static let usualExcludes = [
        ".git", ".hg", ".svn", ".idea", ".vscode", "node_modules", "vendor", "target", "dist", "build", "bin", ".venv",
        "venv", "__pycache__", ".mypy_cache", ".pytest_cache", ".next", ".nuxt", ".terraform", ".gradle", ".direnv",
        "result", "*.log", "*.log.gz", ".DS_Store",
    ]

    /// `watch`: directories with patterns for what lies below. Ours are whole patterns.
    mutating func watch(_ entry: Node.Entry, of process: Node) -> [Node.Entry] {
        guard case .mapping(let settings) = entry.value.content else { return [entry] }
        let usual = isTrue(entry.value.entry("disable_default_excludes")?.value) ? [] : Self.usualExcludes
        var watch: [Node.Entry] = []
        var debounce = Node.text("300ms", at: entry.keyRange)
        for setting in settings {
            switch setting.key {
            case "paths":
                guard case .sequence(let items) = setting.value.content else { continue }
                var paths: [Node] = []
                var ignored: [Node] = []
                for item in items {
                    guard let root = root(of: item, process) else { continue }
                    let included = patterns(item.entry("include"), below: root)
                    paths += included.isEmpty ? [root] : included
                    ignored += patterns(item.entry("exclude"), below: root)
                    ignored += usual.map { .text("\(root.word ?? "")/**/\($0)", at: root.range) }
                }
                watch.append(Node.Entry("paths", Node(.sequence(paths), at: setting.value.range)))
                if !ignored.isEmpty {
                    watch.append(Node.Entry("ignore", Node(.sequence(ignored), at: setting.value.range)))
                }
            case "debounce": debounce = text(setting.value)
            case "cascade", "disable_default_excludes": break
            case "max_entries", "buffer_size": warnWithoutEffect(setting)
            default: warnUnknown(setting, among: Self.watchKeys)
            }
        }
        watch.append(Node.Entry("debounce", debounce))
        return [Node.Entry(key: "watch", keyRange: entry.keyRange, value: .map(watch, at: entry.value.range))]
    }

    /// The watched directory, which begins where the process runs.
    private mutating func root(of item: Node, _ process: Node) -> Node? {
        guard let path = item.entry("path")?.value else {
            warn("nothing is watched without a 'path'", at: item.range)
            return nil
        }
        if case .mapping(let entries) = item.content {
            let keys = ["path", "include", "exclude"]
            for entry in entries where !keys.contains(entry.key) { warnUnknown(entry, among: keys) }
        }
        var root = text(path).word ?? "."
        if let directory = process.entry("working_dir")?.value, let start = text(directory).word,
            !Path.isAbsolute(root)
        {
            root = "\(start)/\(root)"
        }
        while root.count > 1, root.hasSuffix("/") { root.removeLast() }
        return .text(root, at: path.range)
    }

    /// A pattern without a slash is one of names at any depth.
    private mutating func patterns(_ list: Node.Entry?, below root: Node) -> [Node] {
        guard case .sequence(let items) = list?.value.content, let start = root.word else { return [] }
        return items.compactMap { item in
            text(item).word.map { .text("\(start)/\($0.contains("/") ? "" : "**/")\($0)", at: item.range) }
        }
    }
}
