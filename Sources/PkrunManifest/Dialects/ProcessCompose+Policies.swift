internal import PkrunDiagnostics
internal import PkrunYAML

extension ProcessCompose {
    mutating func restart(_ entry: Node.Entry) -> [Node.Entry] {
        guard case .mapping(let entries) = entry.value.content else { return [] }
        var restart: [Node.Entry] = []
        var endsRun: Node.Entry?
        for setting in entries {
            let value = setting.value
            switch setting.key {
            case "restart" where self.value(of: value) == "exit_on_failure":
                endsRun = endsRun ?? Node.Entry("ends_run", .text("on-failure", at: value.range))
                restart.append(Node.Entry("policy", .text("no", at: value.range)))
            case "restart":
                let policy = self.value(of: value) == "on_failure" ? "on-failure" : value.word ?? "no"
                restart.append(Node.Entry("policy", .text(policy, at: value.range)))
            case "max_restarts" where self.value(of: value) != "0": restart.append(Node.Entry("max", value))
            case "max_restarts": break
            case "backoff_seconds":
                // Every pause is as long as the first.
                restart.append(Node.Entry("backoff", seconds(value)))
                restart.append(Node.Entry("max_backoff", seconds(value)))
            case "exit_on_end":
                if isTrue(value) { endsRun = Node.Entry("ends_run", .text("always", at: value.range)) }
            case "exit_on_skipped":
                if isTrue(value) { warnWithoutEffect(setting) }
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
        let policy = Node.Entry(key: "restart", keyRange: entry.keyRange, value: .map(restart, at: entry.value.range))
        return [policy] + (endsRun.map { [$0] } ?? [])
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
            case "send_keys": warnWithoutEffect(setting)
            default: warnUnknown(setting, among: ["command", "signal", "timeout_seconds", "parent_only", "send_keys"])
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
