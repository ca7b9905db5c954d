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
        var planner = Planner(manifest: manifest, directory: directory, host: host, log: log)
        let outcome = planner.plan(selection)
        let places = Dictionary(manifest.secrets.map { ($0.name.value, $0.place) }) { first, _ in first }
        return Planning(outcome: outcome, diagnostics: planner.log.sorted, secretPlaces: places)
    }

    private mutating func plan(_ selection: Selection) -> Result<Plan, PlanningFailure> {
        let jobs = manifest.jobs
        for index in jobs.indices { checkName(jobs[index].name) }
        let traits = jobs.map { self.traits(of: $0) }
        let graph = graph(traits)
        let (choice, unknown) = choose(selection, traits, graph)
        warn(about: traits, graph, goals: choice.goals)

        let scopes = scopes()
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
        var ids: [JobID?] = Array(repeating: nil, count: jobs.count)
        for (id, index) in choice.selected.enumerated() { ids[index] = JobID(id) }
        plan.jobs.reserveCapacity(choice.selected.count)
        for index in jobs.indices {
            let dependencies = graph.edges[index].compactMap { edge in
                ids[edge.target].map {
                    Dependency($0, edge.condition, isRequired: edge.isRequired, restarts: edge.restarts)
                }
            }
            let scope = scopes[jobs[index].scope]
            let isSelected = ids[index] != nil
            let planned = self.job(jobs[index], traits[index].kind, dependencies, in: scope, isSelected: isSelected)
            if isSelected { plan.jobs.append(planned) }
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
        // Nearly all names are plain, and to look characters up in Unicode's tables takes its time.
        let isWord =
            name.value.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "._-".utf8.contains($0) }
            || name.value.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
        let isValid =
            isWord && (1...100).contains(name.value.utf8.count) && !name.value.hasPrefix("-")
            && !name.value.hasPrefix(".")
        guard !isValid else { return }
        report(
            .invalidName,
            "'\(name.value)' cannot be the name of a job",
            at: name.range,
            hint: "letters, digits, '.', '_' and '-', at most 100 bytes, not beginning with '-' or '.'"
        )
    }
}
