internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    mutating func kind(of job: ManifestJob) -> JobKind {
        word(job.kind, "a kind of job") ?? (job.readiness == nil ? .task : .service)
    }

    /// Copies that depend on copies are many soon.
    private static let dependencyLimit = 200_000

    /// The graph of all jobs. What is wrong with it is reported.
    mutating func graph(of jobs: [ManifestJob], kinds: [JobKind]) -> DependencyGraph {
        var indices: [String: [Int]] = [:]
        for (index, job) in jobs.enumerated() {
            indices[job.name.value, default: []].append(index)
            if let family = job.family { indices[family, default: []].append(index) }
        }
        var edges: [[DependencyGraph.Edge]] = []
        edges.reserveCapacity(jobs.count)
        var total = 0
        for job in jobs {
            var own: [DependencyGraph.Edge] = []
            var known: [Int: SourceRange] = [:]
            for dependency in job.dependencies ?? [] {
                let targets = targets(of: dependency, from: job, indices)
                total += targets.count
                guard total <= Self.dependencyLimit else {
                    report(
                        .tooComplex,
                        "more than \(Self.dependencyLimit) dependencies, copies counted",
                        at: dependency.job.range
                    )
                    return DependencyGraph(edges: Array(repeating: [], count: jobs.count))
                }
                for target in targets {
                    if let first = known.updateValue(dependency.job.range, forKey: target) {
                        reportDuplicate(dependency.job, of: job, first)
                        continue
                    }
                    own.append(
                        DependencyGraph.Edge(
                            target: target,
                            condition: condition(dependency, on: jobs[target], kinds[target]),
                            isRequired: dependency.isRequired?.value ?? true,
                            restarts: dependency.restarts?.value ?? false,
                            range: dependency.job.range
                        )
                    )
                    check(dependency, from: job, on: jobs[target])
                }
            }
            edges.append(own)
        }
        let graph = DependencyGraph(edges: edges)
        graph.forEachCycle { start, circle in
            if !log.isFull { reportCycle(from: start, circle, jobs) }
        }
        return graph
    }

    /// What runs in the end and what runs before it do not wait for each other.
    private mutating func check(_ dependency: ManifestDependency, from job: ManifestJob, on target: ManifestJob) {
        let (isFinally, isFinallyTarget) = (job.isFinally?.value ?? false, target.isFinally?.value ?? false)
        guard isFinally != isFinallyTarget else { return }
        let (name, other) = (job.name.value, dependency.job.value)
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
        from job: ManifestJob,
        _ indices: [String: [Int]]
    ) -> [Int] {
        let name = dependency.job.value
        guard name != job.name.value, name != job.family else {
            report(.selfDependency, "job '\(name)' depends on itself", at: dependency.job.range)
            return []
        }
        guard let targets = indices[name] else {
            let jobs = manifest.jobs
            report(
                .unknownDependency,
                "job '\(job.name.value)' depends on '\(name)', which is not a job",
                at: dependency.job.range,
                hint: Suggestion.hint(for: name, among: jobs.lazy.map(\.name.value))
            )
            return []
        }
        return targets
    }

    private mutating func condition(
        _ dependency: ManifestDependency,
        on target: ManifestJob,
        _ kind: JobKind
    ) -> DependencyCondition {
        let fallback: DependencyCondition = kind == .service ? .ready : .succeeded
        guard let written = dependency.condition else { return fallback }
        // What others call healthy is health where that is looked at, and readiness elsewhere.
        let foreign = ["service_healthy", "process_healthy"]
        if foreign.contains(written.value), target.health != nil { return .healthy }
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
        warnIfImpossible(condition, written.range, on: target, kind)
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

    private mutating func reportDuplicate(_ name: Located<String>, of job: ManifestJob, _ first: SourceRange) {
        report(
            .duplicateDependency,
            "job '\(job.name.value)' depends on '\(name.value)' twice",
            at: name.range,
            notes: [Diagnostic.Note("it stands here already", at: first)]
        )
    }

    private mutating func reportCycle(from start: Int, _ circle: [DependencyGraph.Edge], _ jobs: [ManifestJob]) {
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
