/// How a run is shown and where its files go; the rest is in the plan.
package struct RunOptions: Sendable {
    /// Absolute path.
    package var manifestPath: String
    /// What of the jobs' output is shown.
    package var output: Output
    package var color: Bool
    /// The values of the plan's secrets, by name.
    package var secrets: [String: String]

    package enum Output: Equatable, Sendable {
        /// Every line, behind the name of its job.
        case prefixed
        /// What the run's only goal writes, byte for byte, and nothing else (`pkrun run`).
        case goal
        /// Nothing: it is in the logs.
        case none
    }

    package init(manifestPath: String, output: Output = .prefixed, color: Bool = false, secrets: [String: String] = [:])
    {
        self.manifestPath = manifestPath
        self.output = output
        self.color = color
        self.secrets = secrets
    }
}
