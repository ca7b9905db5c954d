package import PkrunPlan

/// Counts what one health check finds during one attempt, and says when that makes a difference.
package struct HealthTally: Equatable, Sendable {
    private let check: HealthCheck
    private var failures = 0
    private var health: Health?

    package enum Health: Equatable, Sendable {
        case healthy, unhealthy
    }

    package init(_ check: HealthCheck) { self.check = check }

    /// Takes in one look.
    ///
    /// - Parameter time: since the start of the attempt.
    /// - Returns: what the job has become by it; `nil` where nothing has changed.
    package mutating func look(passed: Bool, at time: Duration) -> Health? {
        guard !passed else {
            failures = 0
            return become(.healthy)
        }
        guard health != nil || time >= check.startPeriod else { return nil }
        failures += 1
        return failures < check.retries ? nil : become(.unhealthy)
    }

    private mutating func become(_ new: Health) -> Health? {
        guard health != new else { return nil }
        health = new
        return new
    }
}
