/// Probes that go on while a job runs.
package struct HealthCheck: Equatable, Sendable {
    /// All of them must pass; `tcp`, `port`, `http`, `exec` and `file` only.
    package var probes: [Probe]
    /// From the end of one look to the next.
    package var interval: Duration
    /// Longest time that one look may take.
    package var timeout: Duration
    /// So many looks in a row have to fail before the job is unhealthy.
    package var retries: Int
    /// Failures within this time after the start do not count.
    package var startPeriod: Duration
    package var onFailure: Reaction

    /// What becomes of an unhealthy job.
    package enum Reaction: String, CaseIterable, Sendable {
        /// It is started again, as its restart policy says how often and how soon.
        case restart
        /// It is stopped, and has failed.
        case stop
        /// It goes on; its dependents and the report know.
        case mark
    }

    package init(
        probes: [Probe],
        interval: Duration = .seconds(10),
        timeout: Duration = .seconds(5),
        retries: Int = 3,
        startPeriod: Duration = .zero,
        onFailure: Reaction = .restart
    ) {
        self.probes = probes
        self.interval = interval
        self.timeout = timeout
        self.retries = retries
        self.startPeriod = startPeriod
        self.onFailure = onFailure
    }
}
