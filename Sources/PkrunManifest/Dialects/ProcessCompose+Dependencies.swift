internal import PkrunDiagnostics
internal import PkrunYAML

extension ProcessCompose {
    /// `depends_on`, in which `process_started` is what nobody writes.
    mutating func dependencies(_ entry: Node.Entry) -> Node.Entry {
        guard case .mapping(let entries) = entry.value.content else { return entry }
        let dependencies = entries.map { dependency in
            var settings: [Node.Entry] = []
            switch dependency.value.content {
            case .mapping(let written): settings = written
            case .scalar where !dependency.value.isNull: settings = [Node.Entry("condition", dependency.value)]
            case .scalar: break
            case .sequence: return dependency
            }
            if !settings.contains(where: { $0.key == "condition" }) {
                settings.append(Node.Entry("condition", .text("process_started", at: dependency.keyRange)))
            }
            if cascading.contains(dependency.key) {
                settings.append(Node.Entry("restart", .text("true", at: dependency.keyRange)))
            }
            let value = Node.map(settings, at: dependency.value.range)
            return Node.Entry(key: dependency.key, keyRange: dependency.keyRange, value: value)
        }
        return Node.Entry(key: entry.key, keyRange: entry.keyRange, value: .map(dependencies, at: entry.value.range))
    }

    /// The processes whose restart is one of their dependents, too: `watch.cascade`, and whoever follows such a one.
    func cascading(_ processes: [Node.Entry]) -> Set<String> {
        var found = Set(
            processes.filter { isTrue($0.value.entry("watch")?.value.entry("cascade")?.value) }.map(\.key)
        )
        guard !found.isEmpty else { return [] }
        while true {
            let followers = processes.filter { process in
                guard case .mapping(let entries) = process.value.entry("depends_on")?.value.content else {
                    return false
                }
                return !found.contains(process.key) && entries.contains { found.contains($0.key) }
            }
            guard !followers.isEmpty else { return found }
            found.formUnion(followers.map(\.key))
        }
    }
}
