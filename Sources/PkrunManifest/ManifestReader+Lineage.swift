internal import PkrunDiagnostics
internal import PkrunYAML

// `extends`

extension ManifestReader {
    /// Every job reads all that it extends; without a limit, a long chain would be read again and again.
    private static let generationLimit = 20

    /// Everything that is written about a job: what overrides first, then the jobs that it extends.
    ///
    /// - Parameter own: what is written about the job itself.
    mutating func lineage(of own: [JobDefinition], in definitions: JobDefinitions) -> [JobDefinition] {
        var lineage = own
        var generation = own
        var jobs = definitions
        var seen: Set<String> = []
        var names: [String] = []
        while let (job, file) = base(of: generation) {
            let name = generation[0].name.value
            names.append(name)
            seen.insert(Self.identity(of: generation))
            if let file {
                guard let others = extendedJobs(of: file) else { return lineage }
                jobs = others
            }
            generation = jobs[job.value]
            guard !generation.isEmpty else {
                report(
                    .unknownBase,
                    "job '\(name)' extends '\(job.value)', which is not a job",
                    at: job.range,
                    hint: Suggestion.hint(for: job.value, among: jobs.all.lazy.map { $0[0].name.value })
                )
                return lineage
            }
            guard !seen.contains(Self.identity(of: generation)) else {
                reportCircle(names + [job.value], at: job.range)
                return lineage
            }
            guard names.count < Self.generationLimit else {
                report(.tooComplex, "more than \(Self.generationLimit) jobs extend each other", at: job.range)
                return lineage
            }
            lineage += generation
        }
        return lineage
    }

    /// Each circle is told once, wherever one enters it.
    private mutating func reportCircle(_ names: [String], at range: SourceRange) {
        let circle = names.drop { $0 != names.last }
        guard extensionCircles.insert(Set(circle)).inserted else { return }
        report(
            .extensionCycle,
            "these jobs extend each other: \(circle.prefix(20).joined(separator: " → "))",
            at: range
        )
    }

    /// A job of a file is the same one, however the file was found.
    private static func identity(of generation: [JobDefinition]) -> String {
        generation.last.map { "\(absolutePath(of: $0.name.range.file)):\($0.name.value)" } ?? ""
    }

    /// What the job extends, in which file if in another.
    private mutating func base(of generation: [JobDefinition]) -> (job: Located<String>, file: Located<String>?)? {
        for definition in generation {
            guard let entry = definition.node?.entry(JobKey.extends.rawValue) else { continue }
            interpolation = definition.interpolation
            switch entry.value.content {
            case .scalar: return text(entry.value).map { ($0, nil) }
            case .mapping: return base(entry)
            case .sequence: return nil
            }
        }
        return nil
    }

    private mutating func base(_ entry: Node.Entry) -> (job: Located<String>, file: Located<String>?)? {
        var job: Located<String>?
        var file: Located<String>?
        let owner = "'\(entry.key)'"
        for field in fields(entry.value, ExtendsKey.table, of: owner, required: .job, orAt: entry.keyRange) {
            switch field.key {
            case .job: job = text(field.value)
            case .file: file = text(field.value)
            }
        }
        return job.map { ($0, file) }
    }

    private mutating func extendedJobs(of path: Located<String>) -> JobDefinitions? {
        let absolute = Self.absolute(path)
        if let known = extendedFiles[absolute] { return known }
        var definitions: JobDefinitions?
        if let document = document(at: path, over: interpolation) {
            interpolation = document.interpolation
            var jobs = JobDefinitions()
            for name in ManifestKey.table.spellings(of: .jobs) {
                guard case .mapping(let entries) = document.root.entry(name)?.value.content else { continue }
                define(entries, in: &jobs)
            }
            definitions = jobs
        }
        extendedFiles[absolute] = .some(definitions)
        return definitions
    }
}
