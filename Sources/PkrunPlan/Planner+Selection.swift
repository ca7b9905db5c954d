internal import PkrunDiagnostics
internal import PkrunManifest

/// Which jobs will run, by index into the manifest's jobs.
struct JobChoice {
    /// Whom the run is for.
    var goals: [Int]
    /// They, and all that they need; sorted.
    var selected: [Int]
}

extension Planner {
    /// - Returns: what the command line and the profiles choose, and what in the command line means nothing.
    mutating func choose(
        _ selection: Selection,
        _ traits: [JobTraits],
        _ graph: DependencyGraph
    ) -> (choice: JobChoice, unknown: [Diagnostic]) {
        let jobs = manifest.jobs
        let (named, unknown) = lookUp(selection.jobs, in: jobs)
        let strangers = unknownProfiles(selection.profiles, in: jobs) + unknownCopies(selection.scale, in: jobs)
        let profiles = Set(selection.profiles)
        let active = jobs.indices.filter { index in
            let own = traits[index].profiles
            return !traits[index].isDisabled && (own.isEmpty || !profiles.isDisjoint(with: own))
        }
        // What runs in the end belongs to every run.
        let chosen = named.isEmpty ? active : named + active.filter { traits[$0].isFinally }
        var choice = JobChoice(goals: named, selected: graph.closure(of: chosen))
        var isNeeded = Array(repeating: false, count: jobs.count)
        for index in choice.selected {
            for edge in graph.edges[index] {
                isNeeded[edge.target] = true
                guard traits[edge.target].isDisabled, !named.contains(edge.target) else { continue }
                reportDisabled(jobs[edge.target], neededBy: jobs[index], at: edge.range)
            }
        }
        if named.isEmpty { choice.goals = active.filter { !isNeeded[$0] && !traits[$0].isFinally } }
        return (choice, unknown + strangers)
    }

    private mutating func reportDisabled(_ job: ManifestJob, neededBy dependent: ManifestJob, at range: SourceRange) {
        report(
            .disabledDependency,
            "'\(dependent.name.value)' depends on '\(job.name.value)', which is disabled",
            at: range,
            notes: job.isDisabled.map { [Diagnostic.Note("it is disabled here", at: $0.range)] } ?? []
        )
    }

    /// The indices of the jobs that the command line names, each once; of all copies where it names what they share.
    private func lookUp(_ names: [String], in jobs: [ManifestJob]) -> (found: [Int], unknown: [Diagnostic]) {
        var found: [Int] = []
        var unknown: [Diagnostic] = []
        for name in names {
            let indices = jobs.indices.filter { jobs[$0].name.value == name || jobs[$0].family == name }
            found += indices.filter { !found.contains($0) }
            if indices.isEmpty { unknown.append(unknownJob(name, in: jobs)) }
        }
        return (found, unknown)
    }

    private func unknownCopies(_ scale: JobScale, in jobs: [ManifestJob]) -> [Diagnostic] {
        guard !scale.counts.isEmpty else { return [] }
        let known = Set(jobs.map { $0.family ?? $0.name.value })
        return scale.counts.keys.sorted().filter { !known.contains($0) }.map { unknownJob($0, in: jobs) }
    }

    private func unknownJob(_ name: String, in jobs: [ManifestJob]) -> Diagnostic {
        Diagnostic(
            .unknownJob,
            "\(manifest.file.path) has no job '\(name)'",
            at: nil,
            hint: Suggestion.hint(for: name, among: jobs.lazy.map { $0.family ?? $0.name.value })
        )
    }

    private func unknownProfiles(_ names: [String], in jobs: [ManifestJob]) -> [Diagnostic] {
        guard !names.isEmpty else { return [] }
        let known = Set(jobs.flatMap { $0.profiles?.value ?? [] })
        return names.filter { !known.contains($0) }
            .map { name in
                Diagnostic(
                    .unknownProfile,
                    "no job of \(manifest.file.path) belongs to profile '\(name)'",
                    at: nil,
                    hint: Suggestion.hint(for: name, among: known.sorted())
                )
            }
    }
}
