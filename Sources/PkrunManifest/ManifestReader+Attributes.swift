internal import PkrunDiagnostics
internal import PkrunYAML

// What the processes of a job get from the kernel, and how much of it.

extension ManifestReader {
    /// A file mode creation mask, in octal digits: umask(2).
    mutating func mask(_ node: Node?) -> Located<UInt32>? {
        guard let text = text(node), let node, case .scalar(let scalar) = node.content else { return nil }
        let digits = text.value.hasPrefix("0o") ? text.value.dropFirst(2) : text.value[...]
        guard let mask = UInt32(digits, radix: 8), mask <= 0o777 else {
            report(.invalidMask, "'\(text.value)' is not a mask", at: text.range, hint: "octal, such as \"022\"")
            return nil
        }
        // Readers of YAML 1.1 take 022 for eighteen, those of 1.2 for twenty-two; without the zero, all of them err.
        guard scalar.style == .text || digits.count == 1 || text.value.hasPrefix("0") else {
            report(
                .invalidMask,
                "'\(text.value)' could be octal or decimal",
                at: text.range,
                hint: "for octal write \"0\(text.value)\""
            )
            return nil
        }
        return Located(mask, at: text.range)
    }

    mutating func limits(_ field: Field<JobKey>) -> [ManifestLimit] {
        guard let node = field.value, case .mapping(let entries) = node.content else { return [] }
        return entries.compactMap { entry in
            checked(entry.value, is: .limit, "limit '\(entry.key)'", orAt: entry.keyRange).flatMap { _ in limit(entry) }
        }
    }

    private mutating func limit(_ entry: Node.Entry) -> ManifestLimit? {
        let name = Located(entry.key, at: entry.keyRange)
        guard case .mapping = entry.value.content else {
            return text(entry.value).map { ManifestLimit(name: name, soft: $0, hard: $0) }
        }
        let fields = fields(entry.value, LimitKey.table, of: "limit '\(entry.key)'")
        var soft: Located<String>?
        var hard: Located<String>?
        for field in fields {
            switch field.key {
            case .soft: soft = text(field.value)
            case .hard: hard = text(field.value)
            }
        }
        for key in LimitKey.allCases where !fields.contains(where: { $0.key == key }) {
            report(.missingKey, "limit '\(entry.key)' has no '\(key.rawValue)'", at: entry.keyRange)
        }
        guard let soft, let hard else { return nil }
        return ManifestLimit(name: name, soft: soft, hard: hard)
    }

    /// Numbers and ranges, in one text or in a list.
    mutating func processors(_ field: Field<JobKey>) -> Located<[Int]>? {
        guard let node = field.value else { return nil }
        let parts: [Located<String>]
        if case .sequence(let items) = node.content {
            parts = items.compactMap { word($0, of: field.name) }
        } else {
            parts = text(node).map { [$0] } ?? []
        }
        var processors: Set<Int> = []
        for part in parts {
            for word in part.value.split(separator: ",", omittingEmptySubsequences: false) {
                guard let range = Self.processors(word) else {
                    report(
                        .invalidProcessors,
                        "'\(part.value)' names no processors",
                        at: part.range,
                        hint: "numbers such as 0-3,5; a share of them is resources: { cpus: … }"
                    )
                    return nil
                }
                processors.formUnion(range)
            }
        }
        if case .sequence(let items) = node.content, items.isEmpty {
            report(.invalidProcessors, "'\(field.name)' names no processors", at: node.range)
        }
        return processors.isEmpty ? nil : Located(processors.sorted(), at: node.range)
    }

    /// As many as a cpu_set_t has; sched_setaffinity(2).
    private static let processorLimit = 1024

    private static func processors(_ text: Substring) -> ClosedRange<Int>? {
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
            Int(part.drop { $0 == " " })
        }
        guard (1...2).contains(bounds.count), let first = bounds[0], let last = bounds[bounds.count - 1],
            first >= 0, first <= last, last < processorLimit
        else { return nil }
        return first...last
    }

    mutating func resources(_ field: Field<JobKey>) -> ManifestResources? {
        guard let node = field.value else { return nil }
        var resources = ManifestResources(range: field.keyRange)
        let fields = fields(node, ResourcesKey.table, of: "'\(field.name)'")
        for field in fields {
            switch field.key {
            case .cpus: resources.processors = number(field.value, atLeast: 0)
            case .memory: resources.memory = size(field.value)
            case .pids: resources.processes = integer(field.value, in: 1...Int.max)
            case .enforce: resources.enforcement = text(field.value)
            }
        }
        if !fields.contains(where: { $0.key != .enforce }) {
            report(.missingKey, "'\(field.name)' limits nothing", at: field.keyRange, hint: "add cpus, memory or pids")
        }
        return resources
    }

    mutating func watch(_ field: Field<JobKey>) -> ManifestWatch? {
        guard let node = field.value else { return nil }
        var watch = ManifestWatch(range: field.keyRange)
        guard case .mapping = node.content else {
            watch.paths = texts(field)
            return watch
        }
        for field in fields(node, WatchKey.table, of: "'\(field.name)'", required: .paths, orAt: field.keyRange) {
            switch field.key {
            case .paths: watch.paths = texts(field)
            case .ignore: watch.ignoredPaths = texts(field)
            case .debounce: watch.debounce = duration(field)
            case .action: watch.action = text(field.value)
            }
        }
        return watch
    }
}
