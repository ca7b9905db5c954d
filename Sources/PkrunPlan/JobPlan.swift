package import PkrunManifest

/// One job, ready to be executed.
package struct JobPlan: Equatable, Sendable {
    package var name: String
    package var kind: JobKind
    /// The program and its arguments. A command written as a string has the shell's words in front.
    package var arguments: [String]
    /// Absolute path. It may not exist yet: an earlier job may make it.
    package var workingDirectory: String
    /// What the job's environment has besides, or instead of, pkrun's own.
    package var environment: EnvironmentOverlay
    package var attributes: ProcessAttributes
    /// Its standard streams are a pseudo-terminal.
    package var usesTerminal: Bool
    package var resources: ResourceLimits
    /// Who the job runs as; `nil` is whoever runs pkrun.
    @Rare package var identity: Identity?
    package var dependencies: [Dependency]
    /// How a service shows that it is ready. A service without probes is ready as soon as it has started.
    package var readiness: Readiness
    /// Longest time that one execution may take.
    @Rare package var timeout: Duration?
    /// Longest time that the job may stay silent.
    @Rare package var idleTimeout: Duration?
    /// The steps that ask the job to end. The kill of the whole tree always follows the last.
    package var stop: [StopStep]
    package var restart: RestartPolicy
    /// Exit codes that count as success; always contains 0.
    package var successExitCodes: Set<Int32>
    /// Its failure does not fail the run.
    package var isOptional: Bool
    /// Whether its end is that of the run.
    package var endsRun: RunEnding
    package var leaks: LeakPolicy
    package var log: LogPlan
    /// A task that runs after everything else has ended, whatever happened.
    package var isFinally: Bool
    /// Names that no two tasks hold at the same time; a task takes all of its own at once when it starts. Sorted.
    package var locks: [String]
    /// How often a task that failed is tried again; its restart policy is `no` then.
    package var retry: RetryPolicy
    /// Looked at as long as the job runs.
    @Rare package var health: HealthCheck?
    package var input: StandardInput
    /// What must be so before it starts for the first time; otherwise it is skipped.
    @Rare package var onlyIf: StartCondition?
    /// Files whose change starts it again.
    @Rare package var watch: WatchPlan?
    /// What the job is for, in the user's words.
    @Rare package var description: String?
    /// The user's own words by their own names; they mean nothing to pkrun.
    package var labels: [String: String]

    /// Codes that always count as success.
    package static let usualExitCodes: Set<Int32> = [0]

    package init(
        name: String,
        kind: JobKind,
        arguments: [String],
        workingDirectory: String = "/",
        environment: EnvironmentOverlay = EnvironmentOverlay(),
        attributes: ProcessAttributes = ProcessAttributes(),
        usesTerminal: Bool = false,
        resources: ResourceLimits = ResourceLimits(),
        identity: Identity? = nil,
        dependencies: [Dependency] = [],
        readiness: Readiness = Readiness(),
        timeout: Duration? = nil,
        idleTimeout: Duration? = nil,
        stop: [StopStep] = [.signal(.term, to: .tree, wait: .seconds(10))],
        restart: RestartPolicy = RestartPolicy(),
        successExitCodes: Set<Int32> = JobPlan.usualExitCodes,
        isOptional: Bool = false,
        endsRun: RunEnding = .no,
        leaks: LeakPolicy = .kill,
        log: LogPlan = LogPlan(),
        isFinally: Bool = false,
        locks: [String] = [],
        retry: RetryPolicy = RetryPolicy(),
        health: HealthCheck? = nil,
        input: StandardInput = .none,
        onlyIf: StartCondition? = nil,
        watch: WatchPlan? = nil,
        description: String? = nil,
        labels: [String: String] = [:]
    ) {
        self.name = name
        self.kind = kind
        self.arguments = arguments
        self.workingDirectory = workingDirectory
        self.environment = environment
        self.attributes = attributes
        self.usesTerminal = usesTerminal
        self.resources = resources
        self.identity = identity
        self.dependencies = dependencies
        self.readiness = readiness
        self.timeout = timeout
        self.idleTimeout = idleTimeout
        self.stop = stop
        self.restart = restart
        self.successExitCodes = successExitCodes
        self.isOptional = isOptional
        self.endsRun = endsRun
        self.leaks = leaks
        self.log = log
        self.isFinally = isFinally
        self.locks = locks
        self.retry = retry
        self.health = health
        self.input = input
        self.onlyIf = onlyIf
        self.watch = watch
        self.description = description
        self.labels = labels
    }
}

extension JobPlan {
    /// Adds words to the command: arguments of a program, positional parameters of a script for the default shell.
    package mutating func append(_ words: [String]) {
        guard !words.isEmpty else { return }
        // After the script, the first word is its own name: sh(1), -c.
        if arguments.dropLast() == ShellScript.defaultShell[...] { arguments.append(name) }
        arguments += words
    }
}

package enum JobKind: String, CaseIterable, Sendable {
    /// Its goal is to exit with a success code.
    case task
    /// Its goal is to be ready and stay up.
    case service
}

/// Changes to an inherited environment, applied in order: a value sets, `nil` unsets.
package struct EnvironmentOverlay: Equatable, Sendable {
    package var changes: [Change]
    /// Nothing is inherited: only the changes count.
    package var startsEmpty = false

    package struct Change: Equatable, Sendable {
        package var name: String
        package var value: String?

        package init(_ name: String, _ value: String?) {
            self.name = name
            self.value = value
        }
    }

    package init(_ changes: [Change] = []) { self.changes = changes }
}

/// A user as the kernel knows it, resolved before anything starts.
package struct Identity: Equatable, Sendable {
    package var userName: String
    package var userID: UInt32
    package var groupID: UInt32
    /// Supplementary groups, as initgroups(3) would set them.
    package var groups: [UInt32]
    package var home: String

    package init(userName: String, userID: UInt32, groupID: UInt32, groups: [UInt32], home: String) {
        self.userName = userName
        self.userID = userID
        self.groupID = groupID
        self.groups = groups
        self.home = home
    }
}

package struct Dependency: Hashable, Sendable {
    package var job: JobID
    package var condition: DependencyCondition
    /// The job cannot do without: otherwise it starts, too, once the condition can no longer be met.
    package var isRequired: Bool
    /// The job is started again when the dependency is.
    package var restarts: Bool

    package init(
        _ job: JobID,
        _ condition: DependencyCondition,
        isRequired: Bool = true,
        restarts: Bool = false
    ) {
        self.job = job
        self.condition = condition
        self.isRequired = isRequired
        self.restarts = restarts
    }
}

/// What a dependency must have reached before its dependent starts.
package enum DependencyCondition: String, CaseIterable, Sendable {
    /// Its process has been started.
    case started
    /// It passed its readiness probes and is still up.
    case ready
    /// Its health check passes.
    case healthy
    /// It ended with a success code.
    case succeeded
    /// It ended, however.
    case completed
    /// It ended and did not succeed.
    case failed
}

/// Whether a job, once it will not run again, takes the run with it.
package enum RunEnding: String, CaseIterable, Sendable {
    case no
    case onFailure = "on-failure"
    case always
}

/// What happens to processes of a tree whose main process has ended.
package enum LeakPolicy: String, CaseIterable, Sendable {
    /// They are killed and named in the report.
    case kill
    /// As `kill`, with a warning.
    case warn
    /// As `kill`, and the job has failed.
    case fail
    /// They belong to the job's work: it ends when the last of them does.
    case wait
}
