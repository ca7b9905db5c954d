/// Keeps a command running: starts it again when it has ended.
public struct Supervisor: Sendable {
    /// After which ends there is a restart.
    public enum Policy: Sendable {
        /// After a failure: another exit code than 0, a signal, a timeout.
        case onFailure
        /// Also after a success.
        case always
    }

    /// What is kept running.
    public var command: Command
    /// After which ends there is a restart.
    public var policy: Policy
    /// The pauses before restarts; they grow with the restarts within ``window``.
    public var backoff: Backoff
    /// So many restarts within ``window`` are made; the end that would need another is the last.
    public var maximumRestarts: Int
    /// How long a restart counts.
    public var window: Duration

    /// - Parameters: as the properties of the same names.
    public init(
        _ command: Command,
        policy: Policy = .onFailure,
        backoff: Backoff = Backoff(),
        maximumRestarts: Int = 5,
        window: Duration = .seconds(60)
    ) {
        self.command = command
        self.policy = policy
        self.backoff = backoff
        self.maximumRestarts = maximumRestarts
        self.window = window
    }

    /// Runs it until the policy wants no restart, or there would be too many.
    ///
    /// No run begins before the whole tree of the one before it is dead. Cancelling the task stops the run.
    /// - Parameter onLine: sees what is written to captured streams.
    /// - Returns: the results of all runs, oldest first.
    /// - Throws: ``ProcessError/cancelled``, and what keeps the command from being started.
    public func run(
        demanding mechanism: Mechanism? = nil,
        onLine: @Sendable (OutputLine) -> Void = { _ in }
    ) async throws(ProcessError) -> [ProcessResult] {
        var results: [ProcessResult] = []
        var restarts: [ContinuousClock.Instant] = []
        while true {
            let process = try await command.unattended.start(demanding: mechanism)
            for await line in process.lines { onLine(line) }
            let result = try await process.result()
            results.append(result)
            restarts.removeAll { $0.duration(to: .now) > window }
            guard wantsRestart(after: result), restarts.count < maximumRestarts else { return results }
            try await backoff.wait(before: restarts.count)
            restarts.append(.now)
        }
    }

    private func wantsRestart(after result: ProcessResult) -> Bool {
        switch policy {
        case .always: true
        case .onFailure: !result.isSuccess
        }
    }
}
