internal import PkrunDiagnostics

/// Builds nodes from events: expands aliases within limits, checks keys, resolves merge keys.
struct Composer: ~Copyable {
    private var events: EventReader
    private let limits: YAMLLimits
    var log: DiagnosticLog
    private var anchors: [String: Anchor] = [:]
    private var weight = Weight()

    /// How much has been built, aliases counted in full.
    private struct Weight {
        var nodes = 0
        var textBytes = 0
    }

    private struct Anchor {
        var node: Node
        var weight: Weight
    }

    init(_ events: consuming EventReader, limits: YAMLLimits, log: DiagnosticLog) {
        self.events = events
        self.limits = limits
        self.log = log
    }

    /// The root of the only document; `nil` where the text holds nothing.
    ///
    /// What can be lived with is reported to the log.
    /// - Throws: what makes the rest unreadable.
    mutating func compose() throws(Diagnostic) -> Node? {
        _ = try events.next()
        guard case .documentStart = try events.next().kind else { return nil }
        let root = try node(from: events.next(), depth: 0)
        _ = try events.next()
        let last = try events.next()
        if case .documentStart = last.kind {
            log.report(
                Diagnostic(
                    .severalDocuments,
                    "a second document begins here",
                    at: last.range,
                    hint: "use one file each"
                )
            )
        }
        return root
    }

    private mutating func node(from event: YAMLEvent, depth: Int) throws(Diagnostic) -> Node {
        guard depth <= limits.depth else {
            throw Diagnostic(.tooComplex, "nested deeper than \(limits.depth) levels", at: event.range)
        }
        if event.isTagged {
            log.report(
                Diagnostic(
                    .tag,
                    "tags are not supported",
                    at: event.range,
                    hint: "quote a value that begins with '!'"
                )
            )
        }
        let before = weight
        let node: Node
        switch event.kind {
        case .alias(let name):
            return try expand(name, at: event.range)
        case .scalar(let scalar):
            guard scalar.text.utf8.count <= limits.scalarBytes else {
                throw Diagnostic(.tooComplex, "a value longer than \(limits.scalarBytes >> 20) MB", at: event.range)
            }
            try add(Weight(nodes: 1, textBytes: scalar.text.utf8.count), at: event.range)
            // Only an escape makes one: the text itself has been looked at.
            if scalar.style == .text, scalar.text.utf8.contains(0) {
                log.report(Diagnostic(.nulCharacter, "a value cannot contain a NUL character", at: event.range))
            }
            node = Node(.scalar(scalar), at: event.range)
        case .sequenceStart:
            try add(Weight(nodes: 1), at: event.range)
            node = try sequence(from: event.range, depth: depth)
        case .mappingStart:
            try add(Weight(nodes: 1), at: event.range)
            node = try mapping(from: event.range, depth: depth)
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            throw Diagnostic(.syntax, "expected a value here", at: event.range)
        }
        if !event.anchor.isEmpty {
            let own = Weight(
                nodes: weight.nodes - before.nodes,
                textBytes: weight.textBytes - before.textBytes
            )
            anchors[event.anchor] = Anchor(node: node, weight: own)
        }
        return node
    }

    private mutating func sequence(from start: SourceRange, depth: Int) throws(Diagnostic) -> Node {
        var items: [Node] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind {
                return Node(.sequence(items), at: start.extended(to: event.range))
            }
            items.append(try node(from: event, depth: depth + 1))
        }
    }

    private mutating func mapping(from start: SourceRange, depth: Int) throws(Diagnostic) -> Node {
        var builder = MappingBuilder()
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind {
                return Node(.mapping(builder.finish()), at: start.extended(to: event.range))
            }
            let key = try node(from: event, depth: depth + 1)
            let value = try node(from: events.next(), depth: depth + 1)
            builder.add(key, value, &log)
        }
    }

    private mutating func expand(_ name: String, at range: SourceRange) throws(Diagnostic) -> Node {
        guard let anchor = anchors[name] else {
            log.report(
                Diagnostic(
                    .unknownAnchor,
                    "no anchor '&\(name)' stands before this",
                    at: range,
                    hint: Suggestion.hint(for: name, among: anchors.keys)
                )
            )
            return Node(.scalar(Node.Scalar("", .hole)), at: range)
        }
        try add(anchor.weight, at: range)
        return anchor.node
    }

    private mutating func add(_ more: Weight, at range: SourceRange) throws(Diagnostic) {
        weight.nodes += more.nodes
        weight.textBytes += more.textBytes
        guard weight.nodes <= limits.nodes, weight.textBytes <= limits.textBytes else {
            throw Diagnostic(
                .tooComplex,
                "the manifest grows beyond all measure here",
                at: range,
                hint: "more than \(limits.nodes) keys and values or \(limits.textBytes >> 20) MB, with aliases expanded"
            )
        }
    }
}

extension SourceRange {
    /// From the start of this range to the end of the other.
    fileprivate func extended(to other: SourceRange) -> SourceRange {
        SourceRange(file, offsets.lowerBound..<max(offsets.upperBound, other.offsets.upperBound))
    }
}
