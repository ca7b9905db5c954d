internal import PkrunManifest
package import PkrunYAML

/// Writes nodes as YAML, for manifests that were converted, with the comments that stand above what they were made
/// from.
package struct NodeRenderer {
    private var comments: SourceComments
    /// Maps whose values are texts, whatever they look like.
    private static let texts = ["env", "labels", "headers", "vars"]
    private static let textKeys = ["command", "exec", "description"]

    package static func render(_ root: Node) -> String {
        guard case .mapping(let entries) = root.content else { return "" }
        var renderer = NodeRenderer(comments: ManifestLoader.comments(in: root))
        var body = YAMLWriter(keepsDollars: true)
        for entry in entries { renderer.write(entry, isText: false, &body) }
        let comments = renderer.comments
        var head = comments.head
        if let last = head.last, !last.isEmpty { head.append("") }
        return (head.map { "\($0)\n" } + [body.text] + comments.tail.map { "\($0)\n" }).joined()
    }

    private mutating func write(_ entry: Node.Entry, isText: Bool, _ writer: inout YAMLWriter) {
        for comment in comments.take(above: entry.keyRange) { writer.comment(comment) }
        switch entry.value.content {
        case .scalar where entry.value.isNull: writer.entry(null: entry.key)
        case .scalar(let scalar) where YAMLWriter.fitsBlock(scalar.text): writer.block(entry.key, scalar.text)
        case .scalar(let scalar) where !isText && !Self.textKeys.contains(entry.key) && Self.isPlain(scalar.text):
            writer.entry(entry.key, plain: scalar.text)
        case .scalar(let scalar): writer.entry(entry.key, scalar.text)
        case .mapping(let entries):
            let isText = Self.texts.contains(entry.key)
            writer.map(entry.key) { writer in
                for entry in entries { write(entry, isText: isText, &writer) }
            }
        case .sequence(let items):
            let maps = items.compactMap { if case .mapping(let entries) = $0.content { entries } else { nil } }
            if maps.isEmpty {
                writer.entry(entry.key, list: items.compactMap(Self.text))
            } else {
                writer.list(entry.key, of: maps) { entries, writer in
                    for entry in entries { write(entry, isText: isText, &writer) }
                }
            }
        }
    }

    /// Such as `2`, `30s` or `false`.
    private static func isPlain(_ text: String) -> Bool {
        let digits = text.utf8.prefix(while: \.isASCIIDigit)
        let unit = text.utf8.dropFirst(digits.count)
        let isNumber = !digits.isEmpty && (digits.count == 1 || digits.first != UInt8(ascii: "0"))
        return ["true", "false"].contains(text)
            || isNumber && ["", "ms", "s", "m", "h", "M"].contains(String(Substring(unit)))
    }

    private static func text(_ node: Node) -> String? {
        if case .scalar(let scalar) = node.content { scalar.text } else { nil }
    }
}
