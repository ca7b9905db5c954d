internal import PkrunDiagnostics
internal import PkrunYAML

/// Turns a `process-compose.yaml` into our language.
///
/// Every process is a task: the project stays up until its processes end, and a failure of one does not end the others
/// unless it asks for that (`exit_on_failure`, `exit_on_end`). What cannot be honoured is a warning at its place.
struct ProcessCompose {
    var log: DiagnosticLog
    /// What `${…}` sees, `.env` included.
    let environment: @Sendable (String) -> String?
    /// `{{.NAME}}`, where the project has `vars`; in our own language.
    var templates: [String: String] = [:]
    /// `{{.PC_REPLICA_NUM}}`, of copies and of what has none.
    static let replicaNumber = "${PKRUN_REPLICA_INDEX-0}"
    var rendersTemplates = true
    var expandsVariables = true
    /// Variables of which it has been told that they are not set.
    var unset: Set<String> = []
    /// Processes that their dependents follow.
    var cascading: Set<String> = []
    /// The directory of the project; what it extends may lie in others.
    private(set) var directory = ""

    init(environment: @escaping @Sendable (String) -> String?, log: DiagnosticLog) {
        self.environment = environment
        self.log = log
    }

    private static let settings = [
        "version", "processes", "environment", "vars", "shell", "is_strict", "ordered_shutdown", "log_level",
        "log_length", "log_format", "log_location", "log_configuration", "disable_env_expansion", "extends", "env_cmds",
        "is_tui_disabled", "is_dotenv_disabled", "project_name", "name", "mcp_server",
    ]

    mutating func convert(_ root: Node) -> Node {
        guard case .mapping(let entries) = root.content else { return root }
        directory = root.range.file.directory
        expandsVariables = !isTrue(root.entry("disable_env_expansion")?.value)
        if let vars = root.entry("vars") { templates = variables(vars) }
        var shell = Node.list(["bash", "-c"], at: root.range)
        var result: [Node.Entry] = []
        for entry in entries where !entry.key.hasPrefix("x-") {
            switch entry.key {
            case "name": result.append(entry)
            // It counts the versions of another language.
            case "version": break
            case "project_name": result.append(Node.Entry(key: "name", keyRange: entry.keyRange, value: entry.value))
            case "environment":
                result.append(Node.Entry(key: "env", keyRange: entry.keyRange, value: environment(entry.value)))
            case "shell": shell = self.shell(entry.value) ?? shell
            case "processes":
                // What is no map is told under the name that it has.
                let isMap = if case .mapping = entry.value.content { true } else { false }
                let key = isMap ? "jobs" : entry.key
                result.append(Node.Entry(key: key, keyRange: entry.keyRange, value: processes(entry.value)))
            // Read above, kept anyway, or about what is seen of process-compose itself.
            case "vars", "disable_env_expansion", "is_strict", "ordered_shutdown", "log_level", "log_length",
                "log_format", "log_configuration", "is_tui_disabled", "is_dotenv_disabled", "extends":
                break
            case "log_location", "env_cmds", "mcp_server": warnWithoutEffect(entry)
            default: warnUnknown(entry, among: Self.settings)
            }
        }
        result.append(Node.Entry("defaults", .map([Node.Entry("shell", shell)], at: root.range)))
        result.append(Node.Entry("on_failure", .text("continue", at: root.range)))
        return .map(result, at: root.range)
    }

    mutating func warn(_ message: String, at range: SourceRange, hint: String? = nil) {
        log.warn(Diagnostic(.notHonoured, message, at: range, hint: hint))
    }

    mutating func warnWithoutEffect(_ entry: Node.Entry, hint: String? = nil) {
        warn("'\(entry.key)' has no effect here", at: entry.keyRange, hint: hint)
    }

    mutating func warnUnknown(_ entry: Node.Entry, among keys: [String]) {
        warn(
            "process-compose has no key '\(entry.key)' here, and ignores it",
            at: entry.keyRange,
            hint: Suggestion.hint(for: entry.key, among: keys)
        )
    }

    private mutating func processes(_ node: Node) -> Node {
        guard case .mapping(let entries) = node.content else { return node }
        let processes = entries.map { entry in
            Node.Entry(key: entry.key, keyRange: entry.keyRange, value: whole(entry.value, in: node))
        }
        cascading = cascading(processes)
        let jobs = processes.map { entry in
            Node.Entry(key: entry.key, keyRange: entry.keyRange, value: process(entry))
        }
        return .map(jobs, at: node.range)
    }

    private mutating func shell(_ node: Node) -> Node? {
        guard case .mapping(let entries) = node.content else { return nil }
        var words: [String] = []
        for entry in entries where !["shell_command", "shell_argument"].contains(entry.key) {
            warnUnknown(entry, among: ["shell_command", "shell_argument"])
        }
        for (key, fallback) in [("shell_command", "bash"), ("shell_argument", "-c")] {
            words.append(node.entry(key)?.value.word ?? fallback)
        }
        return .list(words, at: node.range)
    }

    /// `vars`, a map; a list of names and values is not what process-compose takes, but can only mean the same.
    mutating func variables(_ vars: Node.Entry) -> [String: String] {
        switch vars.value.content {
        case .mapping(let entries):
            return Dictionary(entries.map { ($0.key, text($0.value).word ?? "") }) { $1 }
        case .sequence(let items):
            warn("process-compose takes a map here, such as NAME: value", at: vars.keyRange, hint: "read as if it were")
            let pairs = items.compactMap { item in
                item.entry("name")?.value.word.map { ($0, item.entry("value").flatMap { text($0.value).word } ?? "") }
            }
            return Dictionary(pairs) { $1 }
        case .scalar: return [:]
        }
    }
}
