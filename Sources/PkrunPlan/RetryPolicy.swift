/// How often, how soon and after which failures a task is tried again.
package struct RetryPolicy: Equatable, Sendable {
    /// How many times at most, besides the first.
    package var maximum: Int
    /// The pause before each further try.
    package var delay: Duration
    /// The failures after which it is tried again; `nil` is all of them.
    package var triggers: Triggers?

    package struct Triggers: Equatable, Sendable {
        /// Took too long, or was silent for too long.
        package var timeout: Bool
        /// As a shell shows them: 128 plus the number for a signal.
        package var exitCodes: Set<Int32>

        package init(timeout: Bool = false, exitCodes: Set<Int32> = []) {
            self.timeout = timeout
            self.exitCodes = exitCodes
        }
    }

    package init(maximum: Int = 0, delay: Duration = .zero, triggers: Triggers? = nil) {
        self.maximum = maximum
        self.delay = delay
        self.triggers = triggers
    }
}
