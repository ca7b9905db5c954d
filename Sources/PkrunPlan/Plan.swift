/// What will run: selected, defaulted, interpolated and complete.
///
/// A plan is a value without history. The planner makes it, the scheduler follows it, the driver carries it out.
package struct Plan: Equatable, Sendable {
    /// The project's name: the manifest's `name`, else the name of the directory that holds it.
    package var name: String
    /// Absolute path of the directory that holds the manifest.
    package var directory: String
    /// Every selected job, in the order of the manifest. A `JobID` has an index into this list.
    package var jobs: [JobPlan]
    /// The jobs that the run is for: those named by the user, else those that no selected job depends on.
    package var goals: [JobID]
    /// Jobs that an earlier plan of the same run had, and the manifest has no longer.
    package var retired: Set<JobID> = []
    package var containment: ContainmentDemand
    /// Longest time that the whole run may take.
    package var timeout: Duration?
    /// How many tasks may run at once; services do not count.
    package var concurrency: Int?
    package var onFailure: FailurePolicy
    /// Signals that are not named here do to pkrun what they do to any process; signal(7).
    package var signals: [SignalNumber: SignalAction]
    package var secrets: [SecretPlan]

    /// What holds where the manifest says nothing else.
    package static let usualSignals: [SignalNumber: SignalAction] = [
        .int: .stop, .term: .stop, .hup: .stop, .usr1: .forward, .usr2: .forward, .winch: .forward,
    ]

    package init(
        name: String,
        directory: String,
        jobs: [JobPlan],
        goals: [JobID],
        containment: ContainmentDemand = .auto,
        timeout: Duration? = nil,
        concurrency: Int? = nil,
        onFailure: FailurePolicy = .stop,
        signals: [SignalNumber: SignalAction] = Plan.usualSignals,
        secrets: [SecretPlan] = []
    ) {
        self.name = name
        self.directory = directory
        self.jobs = jobs
        self.goals = goals
        self.containment = containment
        self.timeout = timeout
        self.concurrency = concurrency
        self.onFailure = onFailure
        self.signals = signals
        self.secrets = secrets
    }

    /// No job is started again because of a file.
    package mutating func stopWatching() {
        for index in jobs.indices { jobs[index].watch = nil }
    }
}

/// A job's place in `Plan.jobs`.
package struct JobID: Hashable, Comparable, Sendable {
    package let index: Int

    package init(_ index: Int) { self.index = index }

    package static func < (left: JobID, right: JobID) -> Bool { left.index < right.index }
}

/// Which mechanism the manifest asks for. Anything but `auto` is a demand: less is a refusal.
package enum ContainmentDemand: String, CaseIterable, Sendable {
    case auto
    case cgroup
    case pidNamespace = "pid-namespace"
    case subreaper

    /// Whether limits of what many processes use together are possible.
    package var mayKeepLimits: Bool {
        switch self {
        case .auto, .cgroup: true
        case .pidNamespace, .subreaper: false
        }
    }
}

/// What the failure of a required job does to the rest of the run.
package enum FailurePolicy: String, CaseIterable, Sendable {
    /// Nothing new starts, what runs is stopped.
    case stop
    /// What does not depend on the failed job goes on (`--keep-going`).
    case `continue`
}
