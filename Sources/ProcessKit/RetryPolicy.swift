/// Whether, how often and how fast a command that has ended is run again, by ``Command/output(retrying:demanding:)``.
public struct RetryPolicy: Sendable {
    /// Runs at most, the first one included.
    public var attempts: Int
    /// The pauses between them.
    public var backoff: Backoff
    /// Whether there is to be another run after one that has come to this. A command that cannot even be started is not
    /// tried again.
    public var isWorthAnother: @Sendable (CapturedOutput) -> Bool

    /// - Parameter isWorthAnother: where nothing else is said, every failure: another exit code than 0, a signal, a
    ///   timeout.
    public init(
        attempts: Int = 3,
        backoff: Backoff = Backoff(),
        isWorthAnother: @escaping @Sendable (CapturedOutput) -> Bool = { !$0.result.isSuccess }
    ) {
        self.attempts = attempts
        self.backoff = backoff
        self.isWorthAnother = isWorthAnother
    }
}
