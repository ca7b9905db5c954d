package import PkrunDiagnostics

/// One job, or the fragment under `defaults`, as written.
package struct ManifestJob: Equatable, Sendable {
    package var name: Located<String>
    /// The name as it is written, where that stands for several copies.
    @Rare package var family: String?
    /// Whose environment lies under the job's own: an index into `Manifest.scopes`.
    package var scope = 0
    package var command: ManifestCommand?
    /// Words behind those of the command.
    @Rare package var arguments: Located<[String]>?
    /// Whether the key stands there, even if its value could not be read.
    package var isCommandWritten = false
    @Rare package var shell: Located<[String]>?
    @Rare package var kind: Located<String>?
    @Rare package var description: Located<String>?
    @Rare package var workingDirectory: Located<String>?
    package var environment: [ManifestVariable] = []
    package var environmentFiles: [ManifestEnvironmentFile] = []
    @Rare package var user: Located<String>?
    @Rare package var group: Located<String>?
    /// `nil` where the key does not stand there.
    package var dependencies: [ManifestDependency]?
    @Rare package var readiness: ManifestReadiness?
    @Rare package var timeout: Located<Duration>?
    @Rare package var idleTimeout: Located<Duration>?
    @Rare package var stop: ManifestStop?
    @Rare package var restart: ManifestRestart?
    package var successExitCodes: [Located<Int>]?
    @Rare package var isOptional: Located<Bool>?
    @Rare package var endsRun: Located<String>?
    @Rare package var leaks: Located<String>?
    @Rare package var log: ManifestLog?
    @Rare package var isFinally: Located<Bool>?
    @Rare package var locks: Located<[String]>?
    @Rare package var retry: ManifestRetry?
    @Rare package var health: ManifestHealth?
    @Rare package var input: ManifestInput?
    @Rare package var onlyIf: ManifestCommand?
    @Rare package var clearsEnvironment: Located<Bool>?
    @Rare package var profiles: Located<[String]>?
    @Rare package var isDisabled: Located<Bool>?
    package var labels: [ManifestVariable] = []
    @Rare package var usesTerminal: Located<Bool>?
    @Rare package var fileModeMask: Located<UInt32>?
    @Rare package var niceness: Located<Int>?
    /// In the order of the text; the last of a name counts.
    package var limits: [ManifestLimit] = []
    @Rare package var processors: Located<[Int]>?
    @Rare package var resources: ManifestResources?
    @Rare package var watch: ManifestWatch?

    package init(name: Located<String>) { self.name = name }
}

package enum ManifestCommand: Equatable, Sendable {
    /// A string: the shell's business.
    case script(Located<String>)
    /// A list: executed as it is.
    case words(Located<[String]>)
}

package struct ManifestDependency: Equatable, Sendable {
    package var job: Located<String>
    package var condition: Located<String>?
    package var isRequired: Located<Bool>?
    package var restarts: Located<Bool>?
}

package struct ManifestReadiness: Equatable, Sendable {
    /// In the order of the text.
    package var probes: [ManifestProbe] = []
    package var timeout: Located<Duration>?
    package var interval: Located<Duration>?
    package var retries: Located<Int>?
}

package struct ManifestHealth: Equatable, Sendable {
    /// In the order of the text.
    package var probes: [ManifestProbe] = []
    package var interval: Located<Duration>?
    package var timeout: Located<Duration>?
    package var retries: Located<Int>?
    package var startPeriod: Located<Duration>?
    package var onFailure: Located<String>?
}

package enum ManifestInput: Equatable, Sendable {
    /// `none` or `inherit`.
    case word(Located<String>)
    case file(Located<String>)
    case text(Located<String>)
}

package enum ManifestProbe: Equatable, Sendable {
    case line(pattern: Located<String>, stream: Located<String>?)
    case tcp(Located<String>)
    case port(Located<Int>)
    case http(url: Located<String>, status: Located<String>?, headers: [ManifestHeader])
    case exec(ManifestCommand)
    case file(Located<String>)
    case notify(ManifestNotify)
    case delay(Located<Duration>)
}

package enum ManifestNotify: Equatable, Sendable {
    case word(Located<String>)
    case descriptor(Located<Int>)
}

package struct ManifestHeader: Equatable, Sendable {
    package var name: Located<String>
    package var value: Located<String>
}

package enum ManifestStop: Equatable, Sendable {
    case ladder([ManifestStopStep])
    /// `stop_signal` and `stop_grace_period`.
    case short(signal: Located<String>?, gracePeriod: Located<Duration>?)
}

package enum ManifestStopStep: Equatable, Sendable {
    case signal(Located<String>, to: Located<String>?, wait: Located<Duration>?)
    case command(ManifestCommand, wait: Located<Duration>?)
}

package struct ManifestRestart: Equatable, Sendable {
    package var policy: Located<String>?
    package var maximum: Located<Int>?
    package var backoff: Located<Duration>?
    package var maximumBackoff: Located<Duration>?
    package var factor: Located<Double>?
    package var window: Located<Duration>?
}

package struct ManifestRetry: Equatable, Sendable {
    /// Where the key stands.
    package var range: SourceRange
    package var maximum: Located<Int>?
    package var delay: Located<Duration>?
    /// `timeout` or exit codes; `nil` where the key does not stand there.
    package var triggers: [Located<String>]?
}

package struct ManifestLog: Equatable, Sendable {
    package var path: Located<String>?
    package var split: Located<Bool>?
    /// In bytes.
    package var maximumSize: Located<UInt64>?
    package var maximumFiles: Located<Int>?
    package var timestamps: Located<Bool>?
    package var prefix: Located<String>?
    package var color: Located<String>?

    package init(path: Located<String>? = nil) { self.path = path }
}
