internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    mutating func manifest(_ root: Node) -> Manifest {
        var manifest = Manifest(file: root.range.file)
        guard case .mapping = root.content else {
            report(.wrongType, "a manifest is a map with the key 'jobs', not \(root.content.kindName)", at: root.range)
            return manifest
        }
        let fields = fields(root, ManifestKey.table, of: "the manifest")
        for field in fields {
            switch field.key {
            case .version: manifest.version = text(field.value)
            case .name: manifest.name = text(field.value)
            case .env: manifest.environment = environment(field)
            case .envFile: manifest.environmentFiles = environmentFiles(field)
            case .defaults: manifest.defaults = job(field.value, named: Located("defaults", at: field.keyRange))
            case .containment: manifest.containment = text(field.value)
            case .timeout: manifest.timeout = duration(field)
            case .concurrency: manifest.concurrency = integer(field.value, in: 1...Int.max)
            case .onFailure: manifest.onFailure = text(field.value)
            case .signals: manifest.signals = signals(field)
            case .jobs: manifest.jobs = jobs(field)
            }
        }
        if !fields.contains(where: { $0.key == .jobs }) {
            report(.missingKey, "the manifest has no 'jobs'", at: manifest.file.start)
        }
        return manifest
    }

    private mutating func jobs(_ field: Field<ManifestKey>) -> [ManifestJob] {
        guard let node = field.value, case .mapping(let entries) = node.content else { return [] }
        if entries.isEmpty { report(.missingKey, "'\(field.name)' is empty", at: field.keyRange) }
        return entries.map { entry in
            let name = Located(entry.key, at: entry.keyRange)
            if entry.value.isNull || ValueShape.job.accepts(entry.value.content) {
                return job(entry.value, named: name)
            }
            report(
                .wrongType,
                "job '\(entry.key)' must be \(ValueShape.job.expectation), not \(entry.value.content.kindName)",
                at: entry.value.range,
                hint: "such as \(entry.key): { command: … }"
            )
            // It counts as written: one complaint about it is enough.
            var job = ManifestJob(name: name)
            job.isCommandWritten = true
            return job
        }
    }

    /// - Parameter node: nil for a fragment that could not be read.
    private mutating func job(_ node: Node?, named name: Located<String>) -> ManifestJob {
        var job = ManifestJob(name: name)
        guard let node else { return job }
        let owner = name.value
        let fields = fields(node, JobKey.table, of: owner == "defaults" ? "'defaults'" : "job '\(owner)'")
        for field in fields {
            switch field.key {
            case .command:
                job.command = command(field)
                job.isCommandWritten = true
            case .shell: job.shell = texts(field)
            case .kind: job.kind = text(field.value)
            case .description: job.description = text(field.value)
            case .workingDirectory: job.workingDirectory = text(field.value)
            case .env: job.environment = environment(field)
            case .envFile: job.environmentFiles = environmentFiles(field)
            case .user: job.user = text(field.value)
            case .group: job.group = text(field.value)
            case .dependsOn: job.dependencies = dependencies(field)
            case .ready: job.readiness = readiness(field, owner: owner)
            case .readyLogLine: job.readiness = readyLogLine(field)
            case .timeout: job.timeout = duration(field)
            case .idleTimeout: job.idleTimeout = duration(field)
            case .stop: job.stop = ladder(field)
            case .stopSignal: job.stop = short(job.stop, signal: text(field.value))
            case .stopGracePeriod: job.stop = short(job.stop, gracePeriod: duration(field))
            case .restart: job.restart = restart(field)
            case .successExitCodes: job.successExitCodes = exitCodes(field)
            case .optional: job.isOptional = boolean(field.value)
            case .leaks: job.leaks = text(field.value)
            case .log: job.log = logSettings(field)
            case .finally: job.isFinally = boolean(field.value)
            case .locks: job.locks = texts(field)
            case .retry: job.retry = retry(field)
            case .health: job.health = health(field, owner: owner)
            case .stdin: job.input = input(field)
            case .onlyIf: job.onlyIf = command(field)
            }
        }
        reportPairs(fields)
        return job
    }

    /// Keys that are different ways to say one thing, beyond mere spellings.
    private mutating func reportPairs(_ fields: [Field<JobKey>]) {
        for rival in fields {
            let key: JobKey
            switch rival.key {
            case .readyLogLine: key = .ready
            case .stopSignal, .stopGracePeriod: key = .stop
            case .retry: key = .restart
            default: continue
            }
            guard let field = fields.first(where: { $0.key == key }) else { continue }
            let isFirst = field.keyRange.offsets.lowerBound < rival.keyRange.offsets.lowerBound
            let (first, second) = isFirst ? (field, rival) : (rival, field)
            reportConflict(second.keyRange, second.name, first.keyRange, first.name)
        }
    }
}
