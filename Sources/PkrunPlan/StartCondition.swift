/// What decides whether a job runs at all.
package enum StartCondition: Equatable, Sendable {
    /// A comparison that did not hold when the plan was made.
    case never
    /// A command that must exit with 0. It runs in the job's directory and environment, before the first start.
    case command([String])
}

/// What a job reads from its standard input.
package enum StandardInput: Equatable, Sendable {
    /// Nothing: /dev/null.
    case none
    /// What pkrun itself would read.
    case inherit
    /// An absolute path.
    case file(String)
    case text(String)
}

/// What pkrun does with a signal that it gets.
package enum SignalAction: String, CaseIterable, Sendable {
    /// Stops the run gracefully, the second time at once.
    case stop
    /// Kills every tree at once.
    case kill
    /// Passes it on to the main process of every job.
    case forward
    case ignore
    /// Reads the manifest again and carries out what has changed in it.
    case reload
}
