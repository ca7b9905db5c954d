package import PkrunDiagnostics

/// What the command line says about a plan.
package struct Selection: Equatable, Sendable {
    /// The jobs that the run is for; none means all.
    package var jobs: [String]
    /// `--keep-going`: overrides `on_failure`.
    package var keepGoing: Bool

    package init(jobs: [String] = [], keepGoing: Bool = false) {
        self.jobs = jobs
        self.keepGoing = keepGoing
    }
}

/// What came out of planning.
package struct Planning: Sendable {
    package var outcome: Result<Plan, PlanningFailure>
    /// Errors first, then warnings, each in the order of their places.
    package var diagnostics: [Diagnostic]
}

/// Why there is no plan; the diagnostics tell the rest.
package enum PlanningFailure: Error, Equatable, Sendable {
    case invalidManifest
    /// The command line names jobs that the manifest, which is itself in order, does not have.
    case unknownJobs
}
