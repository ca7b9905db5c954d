internal import PkrunDiagnostics
internal import PkrunYAML

extension ProcessCompose {
    private static let keys = [
        "command", "entrypoint", "description", "namespace", "working_dir", "environment", "env_file", "depends_on",
        "availability", "readiness_probe", "liveness_probe", "ready_log_line", "shutdown", "log_location",
        "log_configuration", "is_daemon", "disabled", "replicas", "success_exit_codes", "is_dotenv_disabled", "is_tty",
        "is_foreground", "is_interactive", "is_elevated", "disable_ansi_colors", "launch_timeout_seconds", "schedule",
        "watch", "vars", "extends", "is_disabled", "is_template_disabled", "mcp", "truncate_log", "monitor_for",
        "monitor_silence_threshold",
    ]
    /// Keys of processes that start when somebody asks for it, or at a time.
    private static let deferring = ["schedule", "is_foreground", "mcp"]

    mutating func process(_ process: Node.Entry) -> Node {
        guard case .mapping(let entries) = process.value.content else { return process.value }
        let outer = templates
        defer { templates = outer }
        if let vars = process.value.entry("vars") { templates.merge(variables(vars)) { $1 } }
        let isDaemon = isTrue(process.value.entry("is_daemon")?.value)
        var job: [Node.Entry] = [Node.Entry("kind", .text(isDaemon ? "service" : "task", at: process.keyRange))]
        for entry in entries where !entry.key.hasPrefix("x-") {
            switch (entry.key, isDaemon) {
            case ("command", true): job.append(staying(entry, until: process.value.entry("shutdown")?.value))
            case ("shutdown", true): job += leaving(entry)
            default: job += converted(entry, of: process.value)
            }
        }
        if let directory = workingDirectory(of: process) { job.append(directory) }
        if let disabled = disabled(process.value) { job.append(disabled) }
        if !isTrue(process.value.entry("is_dotenv_disabled")?.value), process.value.entry("env_file") == nil {
            job.append(Node.Entry("env_file", .optionalEnvironmentFile(at: process.keyRange)))
        }
        if let log = log(of: process) { job.append(log) }
        addIdentity(of: process, to: &job)
        return .map(job, at: process.value.range)
    }

    /// What a process of process-compose knows about itself.
    private mutating func addIdentity(of process: Node.Entry, to job: inout [Node.Entry]) {
        let variables = [("PC_PROC_NAME", process.key), ("PC_REPLICA_NUM", Self.replicaNumber)]
        let place = process.keyRange
        var environment = Node.Content.mapping([])
        var keyRange = place
        if let index = job.firstIndex(where: { $0.key == "env" }) {
            let written = job.remove(at: index)
            environment = written.value.content
            keyRange = written.keyRange
        }
        switch environment {
        case .sequence(let items):
            environment = .sequence(variables.map { Node.text("\($0)=\($1)", at: place) } + items)
        case .mapping(let entries):
            let added = variables.filter { name, _ in !entries.contains { $0.key == name } }
            environment = .mapping(added.map { Node.Entry($0, .text($1, at: place)) } + entries)
        case .scalar:
            environment = .mapping(variables.map { Node.Entry($0, .text($1, at: place)) })
        }
        job.append(Node.Entry(key: "env", keyRange: keyRange, value: Node(environment, at: place)))
    }

    /// A list in which each variable is set once becomes a map: comments have their places there.
    mutating func environment(_ node: Node) -> Node {
        let environment = rewritten(node)
        guard case .sequence(let items) = environment.content else { return environment }
        let variables = items.compactMap { item -> Node.Entry? in
            guard let word = item.word, let separator = word.firstIndex(of: "=") else { return nil }
            let value = Node.text(String(word[word.index(after: separator)...]), at: item.range)
            return Node.Entry(key: String(word[..<separator]), keyRange: item.range, value: value)
        }
        let names = Set(variables.map(\.key))
        let isPlain = names.count == items.count && !names.contains { $0.isEmpty || $0.contains("$") }
        return isPlain ? .map(variables, at: node.range) : environment
    }

    /// A process of another file runs where that file is.
    private mutating func workingDirectory(of process: Node.Entry) -> Node.Entry? {
        let written = process.value.entry("working_dir")
        let file = (written?.value.range ?? process.keyRange).file
        guard
            let path = written.map({ text($0.value) })
                ?? (file.directory == directory ? nil : .text(".", at: process.keyRange))
        else { return nil }
        guard file.directory != directory, let word = path.word, !word.hasPrefix("$") else {
            return Node.Entry(key: "working_dir", keyRange: written?.keyRange ?? process.keyRange, value: path)
        }
        return Node.Entry(
            "working_dir",
            .text(Path.normalized(Path.absolute(word, in: file.directory)), at: path.range)
        )
    }

    /// Whether the process starts only when it is named.
    private mutating func disabled(_ process: Node) -> Node.Entry? {
        let written = process.entry("is_disabled") ?? process.entry("disabled")
        if isTrue(written?.value) { return written.map { Node.Entry("disabled", $0.value) } }
        let runsOnStart = isTrue(process.entry("schedule")?.value.entry("run_on_start")?.value)
        for key in Self.deferring {
            guard let entry = process.entry(key), key != "is_foreground" || isTrue(entry.value) else { continue }
            let isLate = key != "schedule" || !runsOnStart
            warnWithoutEffect(entry, hint: isLate ? "it starts when it is named" : "it runs once, at the start")
            if isLate { return Node.Entry("disabled", .text("true", at: entry.keyRange)) }
        }
        return nil
    }

    private mutating func converted(_ entry: Node.Entry, of process: Node) -> [Node.Entry] {
        func renamed(_ key: String, _ value: Node) -> [Node.Entry] {
            [Node.Entry(key: key, keyRange: entry.keyRange, value: value)]
        }
        switch entry.key {
        case "command": return renamed("command", command(entry.value, of: process))
        case "entrypoint":
            guard process.entry("command") == nil else {
                warnWithoutEffect(entry, hint: "'command' counts")
                return []
            }
            return renamed("command", rewritten(entry.value))
        case "replicas", "success_exit_codes": return [entry]
        case "description": return renamed("description", text(entry.value))
        case "depends_on": return [dependencies(entry)]
        case "watch": return watch(entry, of: process)
        case "environment": return renamed("env", environment(entry.value))
        case "env_file": return renamed("env_file", rewritten(entry.value))
        case "namespace":
            return renamed("labels", .map([Node.Entry("namespace", namespace(entry.value))], at: entry.value.range))
        case "ready_log_line": return renamed("ready_log_line", Self.literal(text(entry.value)))
        case "readiness_probe": return renamed("ready", readiness(entry.value))
        case "availability": return restart(entry)
        case "shutdown": return shutdown(entry)
        case "liveness_probe": return renamed("health", health(entry.value))
        // Read elsewhere.
        case "is_daemon", "is_dotenv_disabled", "vars", "log_location", "log_configuration", "working_dir", "disabled",
            "is_disabled", "is_template_disabled":
            return []
        case let key where Self.deferring.contains(key): return []
        case "is_tty": return renamed("tty", entry.value)
        case "is_interactive", "is_elevated", "disable_ansi_colors", "truncate_log":
            if isTrue(entry.value) { warnWithoutEffect(entry) }
            return []
        case "launch_timeout_seconds", "monitor_for", "monitor_silence_threshold":
            warnWithoutEffect(entry)
            return []
        default:
            warnUnknown(entry, among: Self.keys)
            return []
        }
    }

    private mutating func command(_ node: Node, of process: Node) -> Node {
        guard isTrue(process.entry("is_template_disabled")?.value) else { return script(node) }
        rendersTemplates = false
        defer { rendersTemplates = true }
        return script(node)
    }

    /// Of several, the list.
    private func namespace(_ node: Node) -> Node {
        guard case .sequence(let items) = node.content else { return node }
        return .text(items.compactMap(\.word).joined(separator: ","), at: node.range)
    }

    func isTrue(_ node: Node?) -> Bool { ["true", "yes", "on"].contains(node.flatMap(value(of:))?.lowercased()) }

    /// What the text of a node comes to.
    func value(of node: Node) -> String? {
        node.word.map { Interpolation(lookup: environment).expand($0).text }
    }

    /// A pattern that matches the text and nothing else.
    private static func literal(_ node: Node) -> Node {
        guard let word = node.word else { return node }
        let pattern = word.map { #"\^$.|?*+()[]"#.contains($0) && $0 != "$" ? "\\\($0)" : "\($0)" }.joined()
        return .text(pattern, at: node.range)
    }
}
