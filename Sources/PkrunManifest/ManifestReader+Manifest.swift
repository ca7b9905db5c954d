internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    /// - Parameter documents: the manifest, and those laid over it.
    mutating func manifest(_ file: SourceFile, _ documents: [ManifestDocument]) -> Manifest {
        var manifest = Manifest(file: file)
        for document in documents { includedFiles.insert(Self.absolutePath(of: document.root.range.file)) }
        read(documents, scope: 0, profiles: nil, into: &manifest)
        removeDuplicates(from: &manifest)
        return manifest
    }

    /// Reads documents that override each other, and what they include.
    ///
    /// - Parameter profiles: the profiles of jobs that name none.
    mutating func read(
        _ documents: [ManifestDocument],
        scope: Int,
        profiles: Located<[String]>?,
        into manifest: inout Manifest
    ) {
        var settings = Manifest(file: manifest.file)
        var definitions = JobDefinitions()
        var defaults: ManifestJob?
        var inclusions: [Inclusion] = []
        var namesJobs = false
        for document in documents {
            interpolation = document.interpolation
            for field in fields(document.root, ManifestKey.table, of: "the manifest") {
                switch field.key {
                case .env: manifest.scopes[scope].environment += environment(field)
                case .envFile: manifest.scopes[scope].environmentFiles += environmentFiles(field)
                case .log: manifest.scopes[scope].log = logDefaults(field).merged(over: manifest.scopes[scope].log)
                case .secrets: manifest.secrets += secrets(field)
                case .defaults: defaults = fragment(field, over: defaults)
                case .jobs:
                    namesJobs = true
                    define(field, in: &definitions)
                case .include:
                    namesJobs = true
                    inclusions += self.inclusions(field)
                default: read(field, into: &settings)
                }
            }
        }
        if !namesJobs, scope == 0 {
            report(
                .missingKey,
                "the manifest has no 'jobs'",
                at: manifest.file.start,
                hint: "such as jobs: { hello: { command: echo hello } }"
            )
        }
        manifest.fill(from: settings, isRoot: scope == 0)
        manifest.scopes[scope].defaults = defaults
        manifest.jobs.reserveCapacity(manifest.jobs.count + definitions.all.count)
        for own in definitions.all {
            let first = manifest.jobs.count
            read(own, in: definitions, into: &manifest.jobs)
            for index in first..<manifest.jobs.count {
                if let defaults { manifest.jobs[index].merge(overDefaults: defaults) }
                if manifest.jobs[index].profiles == nil { manifest.jobs[index].profiles = profiles }
                manifest.jobs[index].scope = scope
            }
        }
        for inclusion in inclusions { include(inclusion, from: scope, profiles, into: &manifest) }
    }

    private mutating func read(_ field: Field<ManifestKey>, into settings: inout Manifest) {
        switch field.key {
        case .version: settings.version = text(field.value) ?? settings.version
        case .name: settings.name = text(field.value) ?? settings.name
        case .containment: settings.containment = text(field.value) ?? settings.containment
        case .timeout: settings.timeout = duration(field) ?? settings.timeout
        case .concurrency: settings.concurrency = integer(field.value, in: 1...Int.max) ?? settings.concurrency
        case .onFailure: settings.onFailure = text(field.value) ?? settings.onFailure
        case .signals: settings.signals += signals(field)
        // They have been read with the document, or are read elsewhere.
        case .vars, .env, .envFile, .defaults, .jobs, .include, .log, .secrets: break
        }
    }

    /// What lies under every job. It cannot make copies, and has nothing to extend.
    private mutating func fragment(_ field: Field<ManifestKey>, over other: ManifestJob?) -> ManifestJob {
        for key in [JobKey.extends, .matrix, .replicas] {
            guard let entry = field.value?.entry(key.rawValue) else { continue }
            report(.unknownKey, "'\(key.rawValue)' cannot stand in 'defaults'", at: entry.keyRange)
        }
        let name = Located("defaults", at: field.keyRange)
        var fragment = ManifestJob(name: name)
        read(JobDefinition(name: name, node: field.value, interpolation: interpolation), into: &fragment)
        if let other { fragment.merge(over: other) }
        return fragment
    }

    private mutating func define(_ field: Field<ManifestKey>, in definitions: inout JobDefinitions) {
        guard let node = field.value, case .mapping(let entries) = node.content else { return }
        if entries.isEmpty, !log.hasErrors { report(.missingKey, "'\(field.name)' is empty", at: field.keyRange) }
        define(entries, in: &definitions)
    }

    mutating func define(_ entries: [Node.Entry], in definitions: inout JobDefinitions) {
        for entry in entries {
            definitions.add(
                JobDefinition(
                    name: Located(entry.key, at: entry.keyRange),
                    node: entry.value.isNull && !entry.value.isHole
                        ? entry.value
                        : checked(
                            entry.value,
                            is: .job,
                            "job '\(entry.key)'",
                            hint: "such as \(entry.key): { command: … }"
                        ),
                    interpolation: interpolation
                )
            )
        }
    }

    /// Files and copies may bring in a name for the second time.
    private mutating func removeDuplicates(from manifest: inout Manifest) {
        guard manifest.scopes.count > 1 || manifest.jobs.contains(where: { $0.family != nil }) else { return }
        var known: [String: SourceRange] = [:]
        manifest.jobs.removeAll { job in
            guard let first = known[job.name.value] else {
                known[job.name.value] = job.name.range
                return false
            }
            report(
                .duplicateKey,
                "there is a job '\(job.name.value)' already",
                at: job.name.range,
                notes: [Diagnostic.Note("it stands here", at: first)]
            )
            return true
        }
    }
}

extension Manifest {
    /// Takes settings over that are not there yet. The name of an included file is that file's own business.
    fileprivate mutating func fill(from settings: Manifest, isRoot: Bool) {
        if isRoot {
            version = settings.version
            name = settings.name
        }
        containment = containment ?? settings.containment
        timeout = timeout ?? settings.timeout
        concurrency = concurrency ?? settings.concurrency
        onFailure = onFailure ?? settings.onFailure
        if signals.isEmpty { signals = settings.signals }
    }
}
