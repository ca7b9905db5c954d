internal import PkrunDiagnostics
internal import PkrunManifest

// What is legal, and surely not meant.

/// What a probe of a job connects to, and where that is written.
private typealias ProbedAddress = (job: String, address: String, range: SourceRange)

extension Planner {
    /// Looks at all jobs together.
    mutating func warn(about traits: [JobTraits], _ graph: DependencyGraph, goals: [Int]) {
        var addresses: [ProbedAddress] = []
        for job in manifest.jobs {
            warnAboutLimits(of: job)
            warnAboutSteps(of: job)
            warnAboutLines(of: job)
            addresses += self.addresses(of: job)
        }
        warnAboutPorts(addresses)
        warnAboutOptionalDependencies(traits, graph)
        warnAboutEndlessServices(traits, goals: goals)
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

    /// - Parameter addresses: in the order of the jobs.
    private mutating func warnAboutPorts(_ addresses: [ProbedAddress]) {
        var owners: [String: ProbedAddress] = [:]
        for probed in addresses {
            guard let owner = owners[probed.address] else {
                owners[probed.address] = probed
                continue
            }
            guard owner.job != probed.job, owner.range != probed.range else { continue }
            warn(
                .sharedPort,
                "'\(probed.job)' and '\(owner.job)' are both ready when \(probed.address) answers",
                at: probed.range,
                notes: [Diagnostic.Note("'\(owner.job)' waits for it here", at: owner.range)]
            )
        }
    }

    /// What the job's probes connect to. What cannot be read has been reported.
    private func addresses(of job: ManifestJob) -> [ProbedAddress] {
        (job.readiness?.probes ?? []).compactMap { probe in
            switch probe {
            case .tcp(let text):
                (try? Endpoint(parsing: text.value)).map { (job.name.value, "\($0.host):\($0.port)", text.range) }
            case .http(let url, _, _):
                (try? HTTPProbe(parsing: url.value)).map { (job.name.value, "\($0.host):\($0.port)", url.range) }
            case .line, .exec, .delay, .port, .file, .notify: nil
            }
        }
    }

    private mutating func warnAboutOptionalDependencies(_ traits: [JobTraits], _ graph: DependencyGraph) {
        let jobs = manifest.jobs
        for index in jobs.indices where !traits[index].isOptional {
            for edge in graph.edges[index] where edge.condition == .ready || edge.condition == .succeeded {
                guard traits[edge.target].isOptional, let optional = jobs[edge.target].isOptional else { continue }
                let target = jobs[edge.target].name.value
                warn(
                    .optionalDependency,
                    "'\(jobs[index].name.value)' is required and needs '\(target)', which is optional",
                    at: edge.range,
                    notes: [Diagnostic.Note("'\(target)' is made optional here", at: optional.range)]
                )
            }
        }
    }

    private mutating func warnAboutEndlessServices(_ traits: [JobTraits], goals: [Int]) {
        guard goals.contains(where: { traits[$0].kind == .task }) else { return }
        // One required service beside the tasks, and the run is meant to stay up.
        guard !goals.contains(where: { traits[$0].kind == .service && !traits[$0].isOptional }) else { return }
        for index in goals where traits[index].kind == .service {
            let name = manifest.jobs[index].name
            warn(
                .endlessOptional,
                "'\(name.value)' is optional, yet the run goes on until it is stopped",
                at: name.range,
                hint: "let a task depend on it: \(name.value): started"
            )
        }
    }
}
