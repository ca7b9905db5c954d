internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    /// The copies of a job; usually one.
    mutating func jobs(_ name: String, in definitions: JobDefinitions) -> [ManifestJob] {
        let lineage = lineage(of: name, in: definitions)
        // The place of the first mention: what overrides comes later.
        guard let place = definitions[name].last?.name.range else { return [] }
        return variants(of: lineage).map { variant in
            let values = Dictionary(variant.values.map { ($0.name, $0.value.value) }) { $1 }
            var whole: ManifestJob?
            for (generation, definition) in lineage.enumerated() {
                interpolation = definition.interpolation.adding(values)
                var part = job(definition.node, named: definition.name)
                // It counts as written: one complaint about it is enough.
                if definition.node == nil { part.isCommandWritten = true }
                if generation >= definitions[name].count {
                    // Whether a job runs is not handed down.
                    part.isDisabled = nil
                    part.profiles = nil
                }
                whole = whole?.merged(over: part) ?? part
            }
            var job = whole ?? ManifestJob(name: Located(name, at: place))
            job.name = Located(name + variant.suffix, at: place)
            job.family = variant.suffix.isEmpty ? nil : name
            let own = variant.values.map { name, value in
                ManifestVariable(name: Located(name, at: value.range), value: value)
            }
            job.environment = own + job.environment
            if variant.isOff { job.isDisabled = Located(true, at: place) }
            return job
        }
    }

    /// What is written in one place.
    ///
    /// - Parameter node: nil for what could not be read.
    mutating func job(_ node: Node?, named name: Located<String>) -> ManifestJob {
        var job = ManifestJob(name: name)
        guard let node else { return job }
        let owner = name.value
        let fields = fields(node, JobKey.table, of: owner == "defaults" ? "'defaults'" : "job '\(owner)'")
        for field in fields {
            switch field.key {
            case .command:
                job.command = command(field)
                job.isCommandWritten = true
            case .args: job.arguments = texts(field)
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
            case .timeoutMinutes: job.timeout = duration(field, in: .seconds(60))
            case .idleTimeout: job.idleTimeout = duration(field)
            case .stop: job.stop = ladder(field)
            case .stopSignal: job.stop = short(job.stop, signal: text(field.value))
            case .stopGracePeriod: job.stop = short(job.stop, gracePeriod: duration(field))
            case .restart: job.restart = restart(field)
            case .successExitCodes: job.successExitCodes = exitCodes(field)
            case .optional: job.isOptional = boolean(field.value)
            case .endsRun: job.endsRun = text(field.value)
            case .leaks: job.leaks = text(field.value)
            case .log: job.log = logSettings(field)
            case .finally: job.isFinally = boolean(field.value)
            case .locks: job.locks = texts(field)
            case .retry: job.retry = retry(field)
            case .health: job.health = health(field, owner: owner)
            case .stdin: job.input = input(field)
            case .onlyIf: job.onlyIf = command(field)
            case .clearEnv: job.clearsEnvironment = boolean(field.value)
            case .profiles: job.profiles = texts(field)
            case .disabled: job.isDisabled = boolean(field.value)
            case .labels: job.labels = labels(field)
            case .tty: job.usesTerminal = boolean(field.value)
            case .umask: job.fileModeMask = mask(field.value)
            case .nice: job.niceness = integer(field.value, in: -20...19)
            case .ulimits: job.limits = limits(field)
            case .cpus: job.processors = processors(field)
            case .resources: job.resources = resources(field)
            case .watch: job.watch = watch(field)
            // They decide what else is read.
            case .extends, .matrix, .replicas: break
            }
        }
        reportPairs(fields) { key in
            switch key {
            case .readyLogLine: .ready
            case .stopSignal, .stopGracePeriod: .stop
            case .retry: .restart
            case .timeoutMinutes: .timeout
            default: nil
            }
        }
        return job
    }

    private mutating func labels(_ field: Field<JobKey>) -> [ManifestVariable] {
        guard let node = field.value, case .mapping(let entries) = node.content else { return [] }
        return entries.compactMap { entry in
            value(entry).map { ManifestVariable(name: Located(entry.key, at: entry.keyRange), value: $0) }
        }
    }
}
