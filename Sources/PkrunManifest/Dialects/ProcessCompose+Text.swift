internal import PkrunDiagnostics
internal import PkrunYAML

// `{{.NAME}}`, `$NAME` and `${NAME}`

extension ProcessCompose {
    /// All texts of a node, rewritten.
    mutating func rewritten(_ node: Node) -> Node {
        switch node.content {
        case .scalar: text(node)
        case .sequence(let items): Node(.sequence(items.map { rewritten($0) }), at: node.range)
        case .mapping(let entries):
            .map(
                entries.map { Node.Entry(key: $0.key, keyRange: $0.keyRange, value: rewritten($0.value)) },
                at: node.range
            )
        }
    }

    /// A text in which `$NAME` is replaced as `${NAME}` is, and what is not set is empty, with a warning.
    mutating func text(_ node: Node) -> Node {
        guard let word = node.word else { return node }
        return replaced(node, word) { name, isSet in isSet ? "${\(name)}" : "${\(name)-}" }
    }

    /// A script. What is not set is the shell's business: it may well set it itself.
    mutating func script(_ node: Node) -> Node {
        guard let word = node.word else { return node }
        return replaced(node, word, isScript: true) { name, isSet in isSet ? "${\(name)}" : "$${\(name)}" }
    }

    private mutating func replaced(
        _ node: Node,
        _ word: String,
        isScript: Bool = false,
        _ expression: (_ name: String, _ isSet: Bool) -> String
    ) -> Node {
        guard expandsVariables else {
            return .text(filled(word.replacing("$", with: "$$"), at: node.range), at: node.range)
        }
        var output = ""
        var rest = word[...]
        while let dollar = rest.firstIndex(of: "$") {
            output += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                output += "$$"
                rest = rest.dropFirst()
                continue
            }
            let isBraced = rest.first == "{"
            let name = (isBraced ? rest.dropFirst() : rest).prefix {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")
            }
            let end = isBraced ? rest[name.endIndex...].first : "}"
            guard Interpolation.isName(String(name)), end == "}", isBraced || !isScript else {
                // A default, or something that only the shell knows.
                output += isBraced && !isScript ? "$" : "$$"
                continue
            }
            let isSet = environment(String(name)) != nil
            if !isSet, !isScript, unset.insert(String(name)).inserted {
                warn("variable '\(name)' is not set, and thus empty", at: node.range)
            }
            output += expression(String(name), isSet)
            rest = rest[name.endIndex...].dropFirst(isBraced ? 1 : 0)
        }
        return .text(filled(output + rest, at: node.range), at: node.range)
    }

    /// `{{…}}` filled in. A project without variables means those of other programs, such as `docker ps --format`.
    private mutating func filled(_ text: String, at range: SourceRange) -> String {
        guard text.contains("{{"), rendersTemplates else { return text }
        var template = GoTemplate(variables: templates.merging(["PC_REPLICA_NUM": Self.replicaNumber]) { $1 })
        let filled = template.render(text)
        if !templates.isEmpty {
            for action in template.unknown {
                warn("'\(action)' is none of the project's 'vars'", at: range, hint: "left as it is")
            }
        }
        return filled
    }
}
