/// A value that is known only while a run goes on: a plan holds where it comes from.
package struct SecretPlan: Equatable, Sendable {
    package var name: String
    package var source: Source

    package enum Source: Equatable, Sendable {
        /// A variable of pkrun's own environment.
        case environment(String)
        /// An absolute path.
        case file(String)
        /// What it writes to its standard output; it runs in the manifest's directory.
        case command([String])
    }

    var isCommand: Bool { if case .command = source { true } else { false } }

    package init(name: String, source: Source) {
        self.name = name
        self.source = source
    }
}
