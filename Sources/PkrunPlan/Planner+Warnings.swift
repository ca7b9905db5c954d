internal import PkrunDiagnostics
internal import PkrunManifest

// What is legal, and surely not meant.

extension Planner {
    /// Looks at all jobs together.
    mutating func warn(about jobs: [ManifestJob], kinds: [JobKind], _ graph: DependencyGraph, goals: [Int]) {
        for job in jobs {
            warnAboutLimits(of: job)
            warnAboutSteps(of: job)
            warnAboutLines(of: job)
        }
        warnAboutPorts(of: jobs)
        warnAboutOptionalDependencies(of: jobs, graph)
        warnAboutEndlessServices(jobs, kinds, goals: goals)
    }

    private mutating func warnAboutLimits(of job: ManifestJob) {
        if let idle = job.idleTimeout, let timeout = job.timeout, idle.value >= timeout.value {
            warn(
                .unreachableLimit,
                "a silence of \(DurationText.format(idle.value)) is never reached",
                at: idle.range,
                notes: [Diagnostic.Note("the job is ended after this time", at: timeout.range)]
            )
        }
        guard let ready = job.readiness, let limit = ready.timeout, let interval = ready.interval,
            interval.value >= limit.value
        else { return }
        warn(
            .unreachableLimit,
            "no probe is ever repeated: \(DurationText.format(interval.value)) is too long a pause",
            at: interval.range,
            notes: [Diagnostic.Note("the time to get ready is over after this", at: limit.range)]
        )
    }

    private mutating func warnAboutSteps(of job: ManifestJob) {
        guard case .ladder(let steps) = job.stop else { return }
        for step in steps.dropLast() {
            guard case .signal(let signal, let target, _) = step, SignalNumber(parsing: signal.value) == .kill,
                target == nil || target?.value == SignalTarget.tree.rawValue
            else { continue }
            warn(
                .uselessStep,
                "the steps behind this one are never taken",
                at: signal.range,
                hint: "leave it out: the kill of the whole tree is always last"
            )
        }
    }

    private mutating func warnAboutLines(of job: ManifestJob) {
        for case .line(let pattern, _) in job.readiness?.probes ?? [] {
            guard let obstacle = LineObstacle(in: pattern.value) else { continue }
            warn(
                .unmatchableLine,
                "no line ever contains \(obstacle.rawValue)",
                at: pattern.range,
                hint: obstacle.remedy
            )
        }
    }

    private mutating func warnAboutPorts(of jobs: [ManifestJob]) {
        var owners: [String: (job: String, range: SourceRange)] = [:]
        for job in jobs {
            for (address, range) in addresses(of: job) {
                guard let owner = owners[address] else {
                    owners[address] = (job.name.value, range)
                    continue
                }
                guard owner.job != job.name.value, owner.range != range else { continue }
                warn(
                    .sharedPort,
                    "'\(job.name.value)' and '\(owner.job)' are both ready when \(address) answers",
                    at: range,
                    notes: [Diagnostic.Note("'\(owner.job)' waits for it here", at: owner.range)]
                )
            }
        }
    }

    /// What the job's probes connect to. What cannot be read has been reported.
    private func addresses(of job: ManifestJob) -> [(address: String, range: SourceRange)] {
        (job.readiness?.probes ?? []).compactMap { probe in
            switch probe {
            case .tcp(let text):
                (try? Endpoint(parsing: text.value)).map { ("\($0.host):\($0.port)", text.range) }
            case .http(let url, _, _):
                (try? HTTPProbe(parsing: url.value)).map { ("\($0.host):\($0.port)", url.range) }
            case .line, .exec, .delay, .port, .file, .notify: nil
            }
        }
    }

    private mutating func warnAboutOptionalDependencies(of jobs: [ManifestJob], _ graph: DependencyGraph) {
        for (job, edges) in zip(jobs, graph.edges) where job.isOptional?.value != true {
            for edge in edges where edge.condition == .ready || edge.condition == .succeeded {
                let target = jobs[edge.target]
                guard let optional = target.isOptional, optional.value else { continue }
                warn(
                    .optionalDependency,
                    "'\(job.name.value)' is required and needs '\(target.name.value)', which is optional",
                    at: edge.range,
                    notes: [Diagnostic.Note("'\(target.name.value)' is made optional here", at: optional.range)]
                )
            }
        }
    }

    private mutating func warnAboutEndlessServices(
        _ jobs: [ManifestJob],
        _ kinds: [JobKind],
        goals: [Int]
    ) {
        guard goals.contains(where: { kinds[$0] == .task }) else { return }
        // One required service beside the tasks, and the run is meant to stay up.
        guard !goals.contains(where: { kinds[$0] == .service && jobs[$0].isOptional?.value != true }) else { return }
        for index in goals where kinds[index] == .service {
            warn(
                .endlessOptional,
                "'\(jobs[index].name.value)' is optional, yet the run goes on until it is stopped",
                at: jobs[index].name.range,
                hint: "let a task depend on it: \(jobs[index].name.value): started"
            )
        }
    }
}
