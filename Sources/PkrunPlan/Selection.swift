package import PkrunDiagnostics
package import PkrunManifest

/// What the command line says about a plan.
package struct Selection: Equatable, Sendable {
    /// The jobs that the run is for; none means all.
    package var jobs: [String]
    /// `--profile`: jobs that belong to others alone are left out, unless they are needed.
    package var profiles: [String]
    /// `--keep-going`: overrides `on_failure`.
    package var keepGoing: Bool
    /// `--scale`: overrides `replicas`.
    package var scale: JobScale

    package init(
        jobs: [String] = [],
        profiles: [String] = [],
        keepGoing: Bool = false,
        scale: JobScale = JobScale()
    ) {
        self.scale = scale
        self.jobs = jobs
        self.profiles = profiles
        self.keepGoing = keepGoing
    }
}

/// What came out of planning.
package struct Planning: Sendable {
    package var outcome: Result<Plan, PlanningFailure>
    /// Errors first, then warnings, each in the order of their places.
    package var diagnostics: [Diagnostic]
    /// Where the sources of secrets are written, by the names of the secrets.
    package var secretPlaces: [String: SourceRange] = [:]
}

/// Why there is no plan; the diagnostics tell the rest.
package enum PlanningFailure: Error, Equatable, Sendable {
    case invalidManifest
    /// The command line names jobs or profiles that the manifest, which is itself in order, does not have.
    case unknownJobs
}
