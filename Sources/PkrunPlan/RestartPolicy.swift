/// Whether, how often and how fast a job that has ended is started again.
package struct RestartPolicy: Equatable, Sendable {
    package var condition: Condition
    /// How many times at most; `nil` is without end.
    package var maximum: Int?
    /// Pause before the first restart. It doubles with each further one.
    package var backoff: Duration
    /// The pause never grows beyond this.
    package var maximumBackoff: Duration

    package enum Condition: String, CaseIterable, Sendable {
        case no
        case onFailure = "on-failure"
        case always
    }

    package init(
        condition: Condition = .no,
        maximum: Int? = nil,
        backoff: Duration = .seconds(1),
        maximumBackoff: Duration = .seconds(30)
    ) {
        self.condition = condition
        self.maximum = maximum
        self.backoff = backoff
        self.maximumBackoff = maximumBackoff
    }

    /// - Parameter restart: 1 for the first restart.
    package func delay(beforeRestart restart: Int) -> Duration {
        var delay = backoff
        for _ in 1..<max(restart, 1) where delay < maximumBackoff { delay *= 2 }
        return min(delay, max(maximumBackoff, backoff))
    }
}
