internal import PkrunDiagnostics
internal import PkrunYAML

// `extends`, of projects and of processes

extension ProcessCompose {
    /// Processes on each other; more than that nobody meant.
    private static let generationLimit = 20

    /// A process with those that it extends under it.
    mutating func whole(_ process: Node, in processes: Node) -> Node {
        var whole = process
        var seen: Set<String> = []
        while let entry = whole.entry("extends") {
            whole = whole.without("extends")
            guard let name = entry.value.word, let base = processes.entry(name)?.value else {
                warn("there is no process '\(entry.value.word ?? "")' to extend", at: entry.value.range)
                break
            }
            guard seen.insert(name).inserted, seen.count <= Self.generationLimit else {
                warn("these processes extend each other", at: entry.value.range)
                break
            }
            whole = Self.merged(whole, over: base)
        }
        return whole
    }

    /// One map over another as process-compose merges them: what is a list gets longer, variables are told apart by
    /// their names, and anything else is replaced.
    static func merged(_ top: Node, over base: Node, key: String = "") -> Node {
        switch (top.content, base.content) {
        case (.mapping(let above), .mapping(let below)):
            let merged = below.map { entry in
                guard let other = above.first(where: { $0.key == entry.key }) else { return entry }
                // A process belongs to the file that has it first.
                let place = key == "processes" ? entry.keyRange : other.keyRange
                let value = Self.merged(other.value, over: entry.value, key: entry.key)
                return Node.Entry(key: entry.key, keyRange: place, value: value)
            }
            let added = above.filter { entry in !below.contains { $0.key == entry.key } }
            return .map(merged + added, at: top.range)
        case (.sequence(let above), .sequence(let below)):
            if ["namespace", "paths"].contains(key) { return top }
            let names = key == "environment" ? Set(above.compactMap(variableName)) : []
            let kept = below.filter { item in variableName(item).map { !names.contains($0) } ?? true }
            return Node(.sequence(kept + above), at: top.range)
        default:
            return top.isNull ? base : top
        }
    }

    private static func variableName(_ item: Node) -> Substring? { item.word?.prefix { $0 != "=" } }
}

extension Node {
    /// A map without one of its keys.
    func without(_ key: String) -> Node {
        guard case .mapping(let entries) = content else { return self }
        return .map(entries.filter { $0.key != key }, at: range)
    }
}
