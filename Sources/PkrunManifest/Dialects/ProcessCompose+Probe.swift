internal import PkrunDiagnostics
internal import PkrunYAML

extension ProcessCompose {
    private static let probeKeys = [
        "http_get", "exec", "initial_delay_seconds", "period_seconds", "timeout_seconds", "success_threshold",
        "failure_threshold",
    ]

    /// `readiness_probe`. The time for getting ready is what that many failing tries take at most.
    mutating func readiness(_ node: Node) -> Node {
        guard case .mapping(let entries) = node.content else { return node }
        var ready: [Node.Entry] = []
        for entry in entries {
            switch entry.key {
            case "http_get": ready.append(Node.Entry(key: "http", keyRange: entry.keyRange, value: http(entry.value)))
            case "exec":
                guard let command = entry.value.entry("command") else { continue }
                ready.append(Node.Entry(key: "exec", keyRange: entry.keyRange, value: script(command.value)))
                if let directory = entry.value.entry("working_dir") {
                    warn("the command runs where the process does", at: directory.keyRange)
                }
            case "initial_delay_seconds" where number(entry.value, 0) > 0:
                ready.append(Node.Entry(key: "delay", keyRange: entry.keyRange, value: seconds(entry.value)))
            case "success_threshold" where number(entry.value, 1) > 1:
                warn("one success is enough", at: entry.keyRange)
            case "initial_delay_seconds", "success_threshold", "period_seconds", "timeout_seconds", "failure_threshold":
                break
            default: warnUnknown(entry, among: Self.probeKeys)
            }
        }
        func setting(_ key: String, _ fallback: Int) -> Int {
            node.entry(key).map { number($0.value, fallback) } ?? fallback
        }
        let period = max(setting("period_seconds", 10), 1)
        let attempt = period + setting("timeout_seconds", 1)
        let limit = setting("initial_delay_seconds", 0) + attempt * max(setting("failure_threshold", 3), 1)
        let place = node.entry("failure_threshold")?.value.range ?? node.range
        ready.append(
            Node.Entry("interval", .text("\(period)s", at: node.entry("period_seconds")?.value.range ?? place))
        )
        ready.append(Node.Entry("timeout", .text("\(limit)s", at: place)))
        return .map(ready, at: node.range)
    }

    /// `liveness_probe`: a process that fails it is started again, as its restart policy says.
    mutating func health(_ node: Node) -> Node {
        guard case .mapping(let entries) = node.content else { return node }
        var health: [Node.Entry] = []
        for (key, fallback, name, unit) in [
            ("period_seconds", 10, "interval", "s"), ("timeout_seconds", 1, "timeout", "s"),
            ("failure_threshold", 3, "retries", ""), ("initial_delay_seconds", 0, "start_period", "s"),
        ] {
            let value = node.entry(key)?.value
            let number = max(value.map { self.number($0, fallback) } ?? fallback, name == "start_period" ? 0 : 1)
            health.append(Node.Entry(name, .text("\(number)\(unit)", at: value?.range ?? node.range)))
        }
        // The rest is as in a readiness probe.
        let readiness = readiness(node)
        for key in ["http", "exec"] {
            if let probe = readiness.entry(key) { health.append(probe) }
        }
        return .map(health, at: entries.first?.keyRange ?? node.range)
    }

    /// A count that is too large for any use counts as one that is not there.
    private func number(_ node: Node, _ fallback: Int) -> Int {
        node.word.flatMap { Int($0) }.flatMap { (0...1_000_000).contains($0) ? $0 : nil } ?? fallback
    }

    private mutating func http(_ node: Node) -> Node {
        guard case .mapping(let entries) = node.content else { return node }
        var parts = ["scheme": "http", "host": "127.0.0.1", "path": "/"]
        var result: [Node.Entry] = []
        for entry in entries {
            switch entry.key {
            case "scheme", "host", "path", "port": parts[entry.key] = text(entry.value).word
            case "headers": result.append(Node.Entry("headers", rewritten(entry.value)))
            case "status_code": result.append(Node.Entry("status", entry.value))
            default:
                warnUnknown(entry, among: ["host", "scheme", "path", "port", "headers", "status_code"])
            }
        }
        let host = parts["host"] == "0.0.0.0" ? "127.0.0.1" : parts["host"] ?? ""
        let path = parts["path"] ?? ""
        let port = parts["port"].map { ":\($0)" } ?? ""
        let url = "\((parts["scheme"] ?? "").lowercased())://\(host)\(port)\(path.hasPrefix("/") ? "" : "/")\(path)"
        result.append(Node.Entry("url", .text(url, at: node.range)))
        return .map(result, at: node.range)
    }
}
