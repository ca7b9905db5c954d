internal import PkrunDiagnostics
internal import PkrunManifest

/// What is asked about a job when others are looked at. A whole job has some fifty fields, too many to copy each time.
struct JobTraits {
    /// The name that it shares with other copies.
    var family: String?
    var kind: JobKind
    var isFinally: Bool
    var isDisabled: Bool
    var isOptional: Bool
    var profiles: [String]
}

extension Planner {
    mutating func traits(of job: ManifestJob) -> JobTraits {
        JobTraits(
            family: job.family,
            kind: word(job.kind, "a kind of job") ?? (job.readiness == nil ? .task : .service),
            isFinally: job.isFinally?.value ?? false,
            isDisabled: job.isDisabled?.value ?? false,
            isOptional: job.isOptional?.value ?? false,
            profiles: job.profiles?.value ?? []
        )
    }

    /// Copies that depend on copies are many soon.
    private static let dependencyLimit = 200_000

    /// The graph of all jobs. What is wrong with it is reported.
    mutating func graph(_ traits: [JobTraits]) -> DependencyGraph {
        let jobs = manifest.jobs
        let none = DependencyGraph(edges: Array(repeating: [], count: jobs.count))
        guard jobs.contains(where: { $0.dependencies != nil }) else { return none }
        var indices: [String: [Int]] = [:]
        for index in jobs.indices {
            indices[jobs[index].name.value, default: []].append(index)
            if let family = traits[index].family { indices[family, default: []].append(index) }
        }
        var edges: [[DependencyGraph.Edge]] = []
        edges.reserveCapacity(jobs.count)
        var total = 0
        for index in jobs.indices {
            var own: [DependencyGraph.Edge] = []
            var known: [Int: SourceRange] = [:]
            for dependency in jobs[index].dependencies ?? [] {
                let targets = targets(of: dependency, from: jobs[index].name.value, traits[index].family, indices)
                total += targets.count
                guard total <= Self.dependencyLimit else {
                    report(
                        .tooComplex,
                        "more than \(Self.dependencyLimit) dependencies, copies counted",
                        at: dependency.job.range
                    )
                    return none
                }
                for target in targets {
                    if let first = known.updateValue(dependency.job.range, forKey: target) {
                        reportDuplicate(dependency.job, of: jobs[index].name.value, first)
                        continue
                    }
                    own.append(
                        DependencyGraph.Edge(
                            target: target,
                            condition: condition(dependency, on: target, traits[target].kind),
                            isRequired: dependency.isRequired?.value ?? true,
                            restarts: dependency.restarts?.value ?? false,
                            range: dependency.job.range
                        )
                    )
                    if traits[index].isFinally != traits[target].isFinally {
                        reportOrder(of: dependency, from: jobs[index].name.value, traits[index].isFinally)
                    }
                }
            }
            edges.append(own)
        }
        let graph = DependencyGraph(edges: edges)
        graph.forEachCycle { start, circle in
            if !log.isFull { reportCycle(from: start, circle) }
        }
        return graph
    }

    /// What runs in the end and what runs before it do not wait for each other.
    private mutating func reportOrder(of dependency: ManifestDependency, from name: String, _ isFinally: Bool) {
        let other = dependency.job.value
        report(
            .impossibleCondition,
            isFinally
                ? "'\(name)' runs when '\(other)' has ended, whatever became of it"
                : "'\(other)' runs when all others have ended, '\(name)' too",
            at: dependency.job.range,
            hint: isFinally
                ? "a 'finally' task depends on others of its kind only; PKRUN_FAILED_JOBS tells it who failed"
                : "make '\(name)' a 'finally' task, too"
        )
    }

    /// Several where the dependency names a job that has copies.
    private mutating func targets(
        of dependency: ManifestDependency,
        from job: String,
        _ family: String?,
        _ indices: [String: [Int]]
    ) -> [Int] {
        let name = dependency.job.value
        guard name != job, name != family else {
            report(.selfDependency, "job '\(name)' depends on itself", at: dependency.job.range)
            return []
        }
        guard let targets = indices[name] else {
            let jobs = manifest.jobs
            report(
                .unknownDependency,
                "job '\(job)' depends on '\(name)', which is not a job",
                at: dependency.job.range,
                hint: Suggestion.hint(for: name, among: jobs.lazy.map(\.name.value))
            )
            return []
        }
        return targets
    }

    private mutating func condition(
        _ dependency: ManifestDependency,
        on target: Int,
        _ kind: JobKind
    ) -> DependencyCondition {
        let fallback: DependencyCondition = kind == .service ? .ready : .succeeded
        guard let written = dependency.condition else { return fallback }
        // What others call healthy is health where that is looked at, and readiness elsewhere.
        let foreign = ["service_healthy", "process_healthy"]
        if foreign.contains(written.value), manifest.jobs[target].health != nil { return .healthy }
        guard let condition = DependencyCondition(spelling: written.value) else {
            let words = DependencyCondition.allCases.map(\.rawValue)
            report(
                .invalidWord,
                "'\(written.value)' is not a condition",
                at: written.range,
                hint: Suggestion.hint(for: written.value, among: words)
                    ?? "one of \(words.joined(separator: ", "))"
            )
            return fallback
        }
        warnIfImpossible(condition, written.range, on: manifest.jobs[target], kind)
        return condition
    }

    private mutating func warnIfImpossible(
        _ condition: DependencyCondition,
        _ range: SourceRange,
        on target: ManifestJob,
        _ kind: JobKind
    ) {
        let name = target.name.value
        switch (condition, kind) {
        case (.healthy, _) where target.health == nil:
            warn(
                .impossibleCondition,
                "'\(name)' has no health check",
                at: range,
                hint: "use 'ready', or give '\(name)' a 'health'"
            )
        case (.ready, .task) where target.readiness == nil:
            warn(
                .impossibleCondition,
                "'\(name)' is a task that never says it is ready",
                at: range,
                hint: "use 'succeeded', or give '\(name)' a 'ready'"
            )
        case (.succeeded, .service):
            warn(
                .impossibleCondition,
                "'\(name)' is a service, which is to stay up and not to succeed",
                at: range,
                hint: "use 'ready', or give '\(name)' kind: task"
            )
        default: break
        }
    }

    private mutating func reportDuplicate(_ name: Located<String>, of job: String, _ first: SourceRange) {
        report(
            .duplicateDependency,
            "job '\(job)' depends on '\(name.value)' twice",
            at: name.range,
            notes: [Diagnostic.Note("it stands here already", at: first)]
        )
    }

    private mutating func reportCycle(from start: Int, _ circle: [DependencyGraph.Edge]) {
        let jobs = manifest.jobs
        let names = ([start] + circle.map(\.target)).map { jobs[$0].name.value }
        // Beyond some length the middle tells nobody anything.
        let shown = names.count <= 20 ? names : names.prefix(10) + ["…"] + names.suffix(9)
        report(
            .dependencyCycle,
            "these jobs wait for each other: \(shown.joined(separator: " → "))",
            at: circle[0].range,
            notes: zip(names, circle).dropFirst().prefix(19).map { name, edge in
                Diagnostic.Note("'\(name)' depends on '\(jobs[edge.target].name.value)'", at: edge.range)
            }
        )
    }
}
