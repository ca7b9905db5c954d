internal import PkrunDiagnostics
internal import PkrunYAML

extension ManifestReader {
    /// Adds the copies of a job; usually one.
    mutating func read(_ own: [JobDefinition], in definitions: JobDefinitions, into jobs: inout [ManifestJob]) {
        // The place of the first mention: what overrides comes later.
        guard let name = own.last?.name else { return }
        let lineage = lineage(of: own, in: definitions)
        for variant in variants(of: lineage) {
            // It is filled where it is: a job is expensive to copy.
            jobs.append(ManifestJob(name: Located(name.value + variant.suffix, at: name.range)))
            if !variant.suffix.isEmpty { jobs[jobs.count - 1].family = name.value }
            read(lineage, ownCount: own.count, as: variant, into: &jobs[jobs.count - 1])
        }
    }

    private mutating func read(
        _ lineage: [JobDefinition],
        ownCount: Int,
        as variant: JobVariant,
        into job: inout ManifestJob
    ) {
        let values = Dictionary(variant.values.map { ($0.name, $0.value.value) }) { $1 }
        for (generation, definition) in lineage.enumerated() {
            interpolation = definition.interpolation.adding(values)
            guard generation > 0 else {
                read(definition, into: &job)
                continue
            }
            var base = ManifestJob(name: definition.name)
            read(definition, into: &base)
            if generation >= ownCount {
                // Whether a job runs is not handed down.
                base.isDisabled = nil
                base.profiles = nil
            }
            job.merge(over: base)
        }
        let own = variant.values.map { name, value in
            ManifestVariable(name: Located(name, at: value.range), value: value)
        }
        job.environment = own + job.environment
        if variant.isOff { job.isDisabled = Located(true, at: job.name.range) }
    }

    /// What is written in one place.
    mutating func read(_ definition: JobDefinition, into job: inout ManifestJob) {
        guard let node = definition.node else {
            // It counts as written: one complaint about it is enough.
            job.isCommandWritten = true
            return
        }
        let owner = definition.name.value
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
    }

    private mutating func labels(_ field: Field<JobKey>) -> [ManifestVariable] {
        guard let node = field.value, case .mapping(let entries) = node.content else { return [] }
        return entries.compactMap { entry in
            value(entry).map { ManifestVariable(name: Located(entry.key, at: entry.keyRange), value: $0) }
        }
    }
}
