internal import PkrunDiagnostics
internal import PkrunYAML

extension ProcessCompose {
    private static let keys = [
        "command", "entrypoint", "description", "namespace", "working_dir", "environment", "env_file", "depends_on",
        "availability", "readiness_probe", "liveness_probe", "ready_log_line", "shutdown", "log_location",
        "log_configuration", "is_daemon", "disabled", "replicas", "success_exit_codes", "is_dotenv_disabled", "is_tty",
        "is_foreground", "is_interactive", "is_elevated", "disable_ansi_colors", "launch_timeout_seconds", "schedule",
        "watch", "vars",
    ]

    mutating func process(_ process: Node.Entry) -> Node {
        guard case .mapping(let entries) = process.value.content else { return process.value }
        let outer = templates
        defer { templates = outer }
        if case .mapping(let vars) = process.value.entry("vars")?.value.content {
            for entry in vars { templates[entry.key] = entry.value.word ?? "" }
        }
        let isDaemon = isTrue(process.value.entry("is_daemon")?.value)
        var job: [Node.Entry] = [Node.Entry("kind", .text(isDaemon ? "service" : "task", at: process.keyRange))]
        for entry in entries where !entry.key.hasPrefix("x-") {
            switch (entry.key, isDaemon) {
            case ("command", true): job.append(staying(entry, until: process.value.entry("shutdown")?.value))
            case ("shutdown", true): job += leaving(entry)
            default: job += converted(entry)
            }
        }
        if !isTrue(process.value.entry("is_dotenv_disabled")?.value), process.value.entry("env_file") == nil {
            job.append(Node.Entry("env_file", .optionalEnvironmentFile(at: process.keyRange)))
        }
        if let log = log(of: process) { job.append(log) }
        addIdentity(of: process, to: &job)
        return .map(job, at: process.value.range)
    }

    /// What a process of process-compose knows about itself.
    private mutating func addIdentity(of process: Node.Entry, to job: inout [Node.Entry]) {
        var variables = [("PC_PROC_NAME", process.key)]
        if let replicas = process.value.entry("replicas") {
            warn("PC_REPLICA_NUM is not set; PKRUN_REPLICA counts from 1", at: replicas.keyRange)
        } else {
            variables.append(("PC_REPLICA_NUM", "0"))
        }
        let place = process.keyRange
        var environment = Node.Content.mapping([])
        if let index = job.firstIndex(where: { $0.key == "env" }) { environment = job.remove(at: index).value.content }
        switch environment {
        case .sequence(let items):
            environment = .sequence(variables.map { Node.text("\($0)=\($1)", at: place) } + items)
        case .mapping(let entries):
            let added = variables.filter { name, _ in !entries.contains { $0.key == name } }
            environment = .mapping(added.map { Node.Entry($0, .text($1, at: place)) } + entries)
        case .scalar:
            environment = .mapping(variables.map { Node.Entry($0, .text($1, at: place)) })
        }
        job.append(Node.Entry("env", Node(environment, at: place)))
    }

    private mutating func converted(_ entry: Node.Entry) -> [Node.Entry] {
        func renamed(_ key: String, _ value: Node) -> [Node.Entry] {
            [Node.Entry(key: key, keyRange: entry.keyRange, value: value)]
        }
        switch entry.key {
        case "command": return renamed("command", script(entry.value))
        case "entrypoint": return renamed("command", rewritten(entry.value))
        case "description", "disabled", "replicas", "success_exit_codes", "depends_on": return [entry]
        case "working_dir": return renamed("working_dir", text(entry.value))
        case "environment": return renamed("env", rewritten(entry.value))
        case "env_file": return renamed("env_file", rewritten(entry.value))
        case "namespace": return renamed("labels", .map([Node.Entry("namespace", entry.value)], at: entry.value.range))
        case "ready_log_line": return renamed("ready_log_line", Self.literal(text(entry.value)))
        case "readiness_probe": return renamed("ready", readiness(entry.value))
        case "availability": return restart(entry)
        case "shutdown": return shutdown(entry)
        case "liveness_probe": return renamed("health", health(entry.value))
        case "is_daemon", "is_dotenv_disabled", "vars", "log_location", "log_configuration": return []
        case "is_tty", "is_foreground", "is_interactive", "is_elevated", "disable_ansi_colors":
            if isTrue(entry.value) { warn("'\(entry.key)' has no effect here", at: entry.keyRange) }
            return []
        case "launch_timeout_seconds", "schedule", "watch":
            warn("'\(entry.key)' has no effect here", at: entry.keyRange)
            return []
        default:
            warnUnknown(entry, among: Self.keys)
            return []
        }
    }

    func isTrue(_ node: Node?) -> Bool { ["true", "yes", "on"].contains(node?.word?.lowercased()) }

    /// A pattern that matches the text and nothing else.
    private static func literal(_ node: Node) -> Node {
        guard let word = node.word else { return node }
        let pattern = word.map { #"\^$.|?*+()[]"#.contains($0) && $0 != "$" ? "\\\($0)" : "\($0)" }.joined()
        return .text(pattern, at: node.range)
    }

    private mutating func restart(_ entry: Node.Entry) -> [Node.Entry] {
        guard case .mapping(let entries) = entry.value.content else { return [] }
        var restart: [Node.Entry] = []
        for setting in entries {
            let value = setting.value
            switch setting.key {
            case "restart" where value.word == "exit_on_failure":
                stopOnFailure(at: value.range)
                restart.append(Node.Entry("policy", .text("no", at: value.range)))
            case "restart":
                let policy = value.word == "on_failure" ? "on-failure" : value.word ?? "no"
                restart.append(Node.Entry("policy", .text(policy, at: value.range)))
            case "max_restarts" where value.word != "0": restart.append(Node.Entry("max", value))
            case "max_restarts": break
            case "backoff_seconds":
                // Every pause is as long as the first.
                restart.append(Node.Entry("backoff", seconds(value)))
                restart.append(Node.Entry("max_backoff", seconds(value)))
            case "exit_on_end", "exit_on_skipped":
                if isTrue(value) { warn("'\(setting.key)' has no effect here", at: setting.keyRange) }
            default:
                warnUnknown(
                    setting,
                    among: ["restart", "max_restarts", "backoff_seconds", "exit_on_end", "exit_on_skipped"]
                )
            }
        }
        if !restart.contains(where: { $0.key == "policy" }) {
            restart.append(Node.Entry("policy", .text("no", at: entry.keyRange)))
        }
        return [Node.Entry(key: "restart", keyRange: entry.keyRange, value: .map(restart, at: entry.value.range))]
    }

    mutating func shutdown(_ entry: Node.Entry) -> [Node.Entry] {
        guard case .mapping(let entries) = entry.value.content else { return [] }
        var step: [Node.Entry] = []
        for setting in entries {
            switch setting.key {
            case "command": step.append(Node.Entry("command", script(setting.value)))
            case "signal" where entry.value.entry("command") == nil: step.append(Node.Entry("signal", setting.value))
            case "signal": break
            case "timeout_seconds": step.append(Node.Entry("wait", seconds(setting.value)))
            case "parent_only":
                if isTrue(setting.value), entry.value.entry("command") == nil {
                    step.append(Node.Entry("to", .text("main", at: setting.value.range)))
                }
            default: warnUnknown(setting, among: ["command", "signal", "timeout_seconds", "parent_only"])
            }
        }
        if !step.contains(where: { $0.key == "command" || $0.key == "signal" }) {
            step.append(Node.Entry("signal", .text("TERM", at: entry.keyRange)))
        }
        let ladder = Node(.sequence([.map(step, at: entry.value.range)]), at: entry.value.range)
        return [Node.Entry(key: "stop", keyRange: entry.keyRange, value: ladder)]
    }

    /// A number of seconds as a duration.
    mutating func seconds(_ node: Node) -> Node {
        let text = text(node)
        return text.word.map { .text("\($0)s", at: node.range) } ?? node
    }
}
