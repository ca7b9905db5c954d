package import PkrunYAML

/// Writes nodes as YAML, for manifests that were converted.
package enum NodeRenderer {
    package static func render(_ root: Node) -> String {
        guard case .mapping(let entries) = root.content else { return "" }
        var writer = YAMLWriter(keepsDollars: true)
        for entry in entries { write(entry, &writer) }
        return writer.text
    }

    private static func write(_ entry: Node.Entry, _ writer: inout YAMLWriter) {
        switch entry.value.content {
        case .scalar where entry.value.isNull: writer.entry(null: entry.key)
        case .scalar(let scalar) where YAMLWriter.fitsBlock(scalar.text): writer.block(entry.key, scalar.text)
        case .scalar(let scalar): writer.entry(entry.key, scalar.text)
        case .mapping(let entries):
            writer.map(entry.key) { writer in
                for entry in entries { write(entry, &writer) }
            }
        case .sequence(let items):
            let maps = items.compactMap { if case .mapping(let entries) = $0.content { entries } else { nil } }
            if maps.isEmpty {
                writer.entry(entry.key, list: items.compactMap(text))
            } else {
                writer.list(entry.key, of: maps) { entries, writer in
                    for entry in entries { write(entry, &writer) }
                }
            }
        }
    }

    private static func text(_ node: Node) -> String? {
        if case .scalar(let scalar) = node.content { scalar.text } else { nil }
    }
}
