internal import PkrunDiagnostics
internal import PkrunYAML

// `matrix` and `replicas`: several copies of one job.

/// One of the copies.
struct JobVariant {
    /// What its name has behind the job's; empty where there is but one.
    var suffix = ""
    /// What tells it from the others: seen by `${…}` in the job, and by its processes.
    var values: [(name: String, value: Located<String>)] = []
    /// There is to be none: it stands for them all, and does not run.
    var isOff = false
}

extension ManifestReader {
    /// More copies of one job than that nobody meant.
    private static let variantLimit = 1000
    /// Nor more of all.
    private static let copyLimit = 10_000

    /// Where there are too many, or none can be made out, it is one: the rest of the job can be read all the same.
    mutating func variants(of lineage: [JobDefinition]) -> [JobVariant] {
        guard let name = lineage.first?.name else { return [] }
        var variants = [JobVariant()]
        if let entry = written(.matrix, in: lineage) { variants = matrix(entry) }
        if let count = scale.count(of: name.value) {
            variants = copies(Located(count, at: name.range), of: variants, name.value)
        } else if let entry = written(.replicas, in: lineage),
            let count = integer(entry.value, in: 0...Self.variantLimit)
        {
            variants = copies(count, of: variants, name.value)
        }
        guard variants.count > 1 else { return variants }
        guard variants.count <= Self.variantLimit else {
            report(
                .outOfRange,
                "job '\(name.value)' has \(variants.count) copies",
                at: name.range,
                hint: "at most \(Self.variantLimit)"
            )
            return [variants[0]]
        }
        copies += variants.count
        guard copies <= Self.copyLimit else {
            report(.tooComplex, "more than \(Self.copyLimit) copies of jobs", at: name.range)
            return [variants[0]]
        }
        return variants
    }

    /// The key where it counts.
    private mutating func written(_ key: JobKey, in lineage: [JobDefinition]) -> Node.Entry? {
        for definition in lineage {
            guard let entry = definition.node?.entry(key.rawValue) else { continue }
            interpolation = definition.interpolation
            return entry
        }
        return nil
    }

    /// `job.1`, `job.2`, …
    private func copies(_ count: Located<Int>, of variants: [JobVariant], _ name: String) -> [JobVariant] {
        guard count.value > 0 else { return [JobVariant(isOff: true)] }
        return variants.flatMap { variant in
            // One more than possible is enough to say so.
            (0..<min(count.value, Self.variantLimit + 1)).map { index in
                var copy = variant
                copy.suffix += ".\(index + 1)"
                var own = [("PKRUN_REPLICA", String(index + 1)), ("PKRUN_REPLICA_INDEX", String(index))]
                if let port = firstPorts[name] { own.append(("PORT", String(port + index))) }
                copy.values += own.map { ($0, Located($1, at: count.range)) }
                return copy
            }
        }
    }

    /// `job.a-b`: a value of each list, the first list changing slowest.
    private mutating func matrix(_ entry: Node.Entry) -> [JobVariant] {
        guard case .mapping(let axes) = entry.value.content else { return [JobVariant()] }
        var variants = [JobVariant()]
        for axis in axes {
            var values = self.values(of: axis)
            if values.isEmpty { values = [Located(axis.key, at: axis.keyRange)] }
            if values.count * variants.count > Self.variantLimit {
                report(
                    .outOfRange,
                    "this matrix has more than \(Self.variantLimit) combinations",
                    at: axis.keyRange
                )
                (variants, values) = ([variants[0]], [values[0]])
            }
            variants = variants.flatMap { variant in
                values.map { value in
                    var copy = variant
                    copy.suffix += (copy.suffix.isEmpty ? "." : "-") + Self.nameable(value.value)
                    copy.values.append((axis.key, value))
                    return copy
                }
            }
        }
        return variants
    }

    private mutating func values(of axis: Node.Entry) -> [Located<String>] {
        guard Interpolation.isName(axis.key) else {
            reportName(axis, of: "variable")
            return []
        }
        let node = checked(axis.value, is: .axis, "'\(axis.key)' of a matrix", orAt: axis.keyRange)
        guard case .sequence(let items) = node?.content else { return [] }
        return items.compactMap { word($0, of: axis.key) }
    }

    /// A value as a part of a name, which is also that of a file.
    private static func nameable(_ value: String) -> String {
        String(value.map { $0.isLetter || $0.isNumber || "._".contains($0) ? $0 : "_" })
    }
}
