internal import PkrunDiagnostics
internal import PkrunYAML

// A daemon of process-compose is up when the command that launches it has succeeded, and until the command that shuts
// it down has been run. A shell stays for that long, and does both.

extension ProcessCompose {
    mutating func staying(_ entry: Node.Entry, until shutdown: Node?) -> Node.Entry {
        var lines = ["{", script(entry.value).word ?? "", "} || exit"]
        if let command = shutdown?.entry("command")?.value {
            lines += [
                "pkrun_shutdown() {", script(command).word ?? "", "}", "trap 'pkrun_shutdown; kill $$!; exit' TERM",
                "sleep infinity & wait",
            ]
        } else {
            lines.append("exec sleep infinity")
        }
        let script = Node.text(lines.joined(separator: "\n"), at: entry.value.range)
        return Node.Entry(key: entry.key, keyRange: entry.keyRange, value: script)
    }

    /// The staying shell is asked, rather than the command run beside it.
    mutating func leaving(_ entry: Node.Entry) -> [Node.Entry] {
        guard case .mapping(let settings) = entry.value.content, entry.value.entry("command") != nil else {
            return shutdown(entry)
        }
        let signal = Node.Entry("signal", .text("TERM", at: entry.keyRange))
        let asked = [signal, Node.Entry("parent_only", .text("true", at: entry.keyRange))]
        let rest = settings.filter { !["command", "signal", "parent_only"].contains($0.key) }
        let value = Node.map(asked + rest, at: entry.value.range)
        return shutdown(Node.Entry(key: entry.key, keyRange: entry.keyRange, value: value))
    }
}
