/// Whether, how often and how fast a job that has ended is started again.
package struct RestartPolicy: Equatable, Sendable {
    package var condition: Condition
    /// How many times at most; `nil` is without end.
    package var maximum: Int?
    /// Pause before the first restart.
    package var backoff: Duration
    /// The pause never grows beyond this.
    package var maximumBackoff: Duration
    /// By how much the pause grows with each further restart.
    package var factor: Double
    /// An attempt that lasts this long wipes out the count of restarts and the growth of the pause; `nil` keeps them.
    package var window: Duration?

    package enum Condition: String, CaseIterable, Sendable {
        case no
        case onFailure = "on-failure"
        case always
    }

    package init(
        condition: Condition = .no,
        maximum: Int? = nil,
        backoff: Duration = .seconds(1),
        maximumBackoff: Duration = .seconds(30),
        factor: Double = 2,
        window: Duration? = nil
    ) {
        self.condition = condition
        self.maximum = maximum
        self.backoff = backoff
        self.maximumBackoff = maximumBackoff
        self.factor = factor
        self.window = window
    }

    /// - Parameter restart: 1 for the first restart.
    package func delay(beforeRestart restart: Int) -> Duration {
        var delay = backoff
        // Beyond some restarts nothing changes: the pause has reached its limit, or does not grow.
        for _ in 1..<min(max(restart, 1), 1000) where delay < maximumBackoff { delay = delay * factor }
        return min(delay, max(maximumBackoff, backoff))
    }
}
