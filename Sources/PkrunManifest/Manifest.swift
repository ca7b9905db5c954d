package import PkrunDiagnostics

/// What was written: every field located, nothing defaulted, nothing looked up.
///
/// Words that only the plan gives a meaning to (conditions, signals, policies) are still words here. A manifest with
/// errors has holes where they were, so that the planner can look at the rest.
package struct Manifest: Equatable, Sendable {
    package var file: SourceFile
    package var version: Located<String>?
    package var name: Located<String>?
    /// What jobs share: first that of the manifest, then those of the files that it includes.
    package var scopes = [ManifestScope()]
    package var containment: Located<String>?
    package var timeout: Located<Duration>?
    package var concurrency: Located<Int>?
    package var onFailure: Located<String>?
    /// Signals to actions, in the order of the text.
    package var signals: [ManifestSignal] = []
    /// In the order of the text, those of included files last.
    package var secrets: [ManifestSecret] = []
    /// In the order of the text, those of included files last; copies made, extensions and defaults laid under them.
    package var jobs: [ManifestJob] = []

    package init(file: SourceFile) { self.file = file }
}

/// What the jobs of a file share. The environment is that of the files that it includes, too.
package struct ManifestScope: Equatable, Sendable {
    /// The scope of the including file, an index into `Manifest.scopes`.
    package var parent: Int?
    package var environment: [ManifestVariable] = []
    package var environmentFiles: [ManifestEnvironmentFile] = []
    /// What has been laid under every job of the file; it shows which of a job's keys are not the job's own.
    package var defaults: ManifestJob?
    /// What lies under the logs of its jobs.
    package var log = ManifestLog()
}

/// Where a value comes from that nobody is to see.
package struct ManifestSecret: Equatable, Sendable {
    package var name: Located<String>
    package var source: Source

    package enum Source: Equatable, Sendable {
        /// A variable of pkrun's own environment.
        case environment(Located<String>)
        case file(Located<String>)
        /// What it writes to its standard output.
        case command(ManifestCommand)
    }
}

/// One entry of an environment.
package struct ManifestVariable: Equatable, Sendable {
    package var name: Located<String>
    /// `nil` unsets.
    package var value: Located<String>?
}

package struct ManifestSignal: Equatable, Sendable {
    package var signal: Located<String>
    package var action: Located<String>
}

package struct ManifestEnvironmentFile: Equatable, Sendable {
    package var path: Located<String>
    /// Where it is not required, it may be missing.
    package var isRequired: Bool
}
