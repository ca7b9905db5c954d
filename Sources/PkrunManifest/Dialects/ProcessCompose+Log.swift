internal import PkrunDiagnostics
internal import PkrunYAML

extension ProcessCompose {
    private static let rotationKeys = ["max_size_mb", "max_backups", "max_age_days", "compress"]

    /// `log_location`, and how the file there is rotated.
    mutating func log(of process: Node.Entry) -> Node.Entry? {
        var settings: [Node.Entry] = []
        if let location = process.value.entry("log_location") {
            settings.append(
                Node.Entry(key: "path", keyRange: location.keyRange, value: ownFile(location.value, of: process.value))
            )
        }
        let configuration = process.value.entry("log_configuration")?.value
        if let rotation = configuration?.entry("rotation") { settings += self.rotation(rotation) }
        return settings.first.map { first in
            Node.Entry(key: "log", keyRange: first.keyRange, value: .map(settings, at: first.value.range))
        }
    }

    /// Each copy has a file of its own.
    private mutating func ownFile(_ location: Node, of process: Node) -> Node {
        let path = text(location)
        guard let word = path.word else { return path }
        let mark = "{PC_REPLICA_NUM}"
        let number = Self.replicaNumber
        let isShared = process.entry("replicas") != nil && !word.contains(mark) && !word.contains(number)
        let own = isShared ? "\(word).\(number)" : word.replacing(mark, with: number)
        return .text(own, at: location.range)
    }

    /// Without a number of backups, process-compose keeps them all.
    private mutating func rotation(_ rotation: Node.Entry) -> [Node.Entry] {
        guard case .mapping(let entries) = rotation.value.content else { return [] }
        var size: Node.Entry?
        var backups = 0
        for entry in entries {
            switch entry.key {
            case "max_size_mb":
                guard let number = entry.value.word.flatMap({ UInt32($0) }), number > 0 else { continue }
                size = Node.Entry("max_size", .text("\(number)M", at: entry.value.range))
            case "max_backups":
                backups = entry.value.word.flatMap { Int($0) } ?? 0
            case "max_age_days", "compress": warn("'\(entry.key)' has no effect here", at: entry.keyRange)
            default: warnUnknown(entry, among: Self.rotationKeys)
            }
        }
        guard let size else { return [] }
        let files = (1..<1000).contains(backups) ? backups + 1 : 1000
        return [size, Node.Entry("max_files", .text(String(files), at: rotation.value.range))]
    }
}
