internal import PkrunDiagnostics
package import PkrunManifest

/// Turns what was written into what will run. It looks at everything, tells all that is wrong, and only then gives up.
package struct Planner {
    let manifest: Manifest
    /// Absolute path of the directory that holds the manifest.
    let directory: String
    let host: Host
    var log: DiagnosticLog
    /// Environment files that have been read already, by absolute path; many jobs share one.
    var environmentFiles: [String: [EnvironmentFile.Variable]] = [:]
    /// Patterns that have been compiled already, with what is wrong with them.
    var patterns: [String: String?] = [:]

    private init(_ manifest: Manifest, directory: String, host: Host, log: DiagnosticLog) {
        self.manifest = manifest
        self.directory = directory
        self.host = host
        self.log = log
    }

    /// From the bytes of a manifest to a plan.
    ///
    /// - Parameters:
    ///   - path: the manifest's name for messages.
    ///   - directory: absolute path of the directory that holds it.
    package static func plan(
        _ bytes: [UInt8],
        path: String,
        directory: String,
        selection: Selection = Selection(),
        host: Host
    ) -> Planning {
        plan([ManifestSource(bytes, path: path, directory: directory)], selection: selection, host: host)
    }

    /// From a manifest, and others that are laid over it, to a plan.
    package static func plan(
        _ sources: [ManifestSource],
        selection: Selection = Selection(),
        host: Host
    ) -> Planning {
        var log = DiagnosticLog()
        let manifest = ManifestLoader.load(
            sources,
            environment: host.environment,
            readFile: host.readFile,
            scale: selection.scale,
            log: &log
        )
        guard let manifest, let directory = sources.first?.directory else {
            return Planning(outcome: .failure(.invalidManifest), diagnostics: log.sorted)
        }
        var planner = Planner(manifest, directory: directory, host: host, log: log)
        let outcome = planner.plan(selection)
        let places = Dictionary(manifest.secrets.map { ($0.name.value, $0.place) }) { first, _ in first }
        return Planning(outcome: outcome, diagnostics: planner.log.sorted, secretPlaces: places)
    }

    private mutating func plan(_ selection: Selection) -> Result<Plan, PlanningFailure> {
        let jobs = manifest.jobs
        for job in jobs { checkName(job.name) }
        let kinds = jobs.map { kind(of: $0) }
        let graph = graph(of: jobs, kinds: kinds)
        let (choice, unknown) = choose(selection, from: jobs, graph)
        warn(about: jobs, kinds: kinds, graph, goals: choice.goals)

        let environments = environments()
        var plan = Plan(
            name: manifest.name?.value ?? Path.lastComponent(of: directory),
            directory: directory,
            jobs: [],
            goals: [],
            containment: word(manifest.containment, "a containment mechanism") ?? .auto,
            timeout: positive(manifest.timeout),
            concurrency: manifest.concurrency?.value,
            onFailure: selection.keepGoing ? .continue : word(manifest.onFailure, "a failure policy") ?? .stop,
            signals: signals(),
            secrets: secrets()
        )
        checkVersion()
        var ids: [Int: JobID] = [:]
        for index in jobs.indices where choice.selected.contains(index) { ids[index] = JobID(ids.count) }
        plan.jobs.reserveCapacity(ids.count)
        for index in jobs.indices {
            let id = ids[index]
            let edges = graph.edges[index]
            let dependencies = edges.compactMap { edge in
                ids[edge.target].map {
                    Dependency($0, edge.condition, isRequired: edge.isRequired, restarts: edge.restarts)
                }
            }
            let environment = environments[jobs[index].scope]
            let planned = self.job(jobs[index], kinds[index], dependencies, over: environment, isSelected: id != nil)
            if id != nil, let planned { plan.jobs.append(planned) }
        }
        guard !log.hasErrors else { return .failure(.invalidManifest) }
        guard unknown.isEmpty else {
            for diagnostic in unknown { log.report(diagnostic) }
            return .failure(.unknownJobs)
        }
        plan.goals = choice.goals.compactMap { ids[$0] }
        return .success(plan)
    }

    private mutating func checkName(_ name: Located<String>) {
        let isValid =
            !name.value.isEmpty && name.value.utf8.count <= 100
            && name.value.first != "-" && name.value.first != "."
            && name.value.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
        guard !isValid else { return }
        report(
            .invalidName,
            "'\(name.value)' cannot be the name of a job",
            at: name.range,
            hint: "letters, digits, '.', '_' and '-', at most 100 bytes, not beginning with '-' or '.'"
        )
    }
}
