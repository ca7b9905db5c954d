/// Why a mechanism is not to be had on this host, and what would help.
package struct Obstacle: Error, Equatable, Sendable {
    package var mechanism: Mechanism
    package var reason: String
    package var remedy: String

    init(_ mechanism: Mechanism, _ reason: String, remedy: String) {
        self.mechanism = mechanism
        self.reason = reason
        self.remedy = remedy
    }
}

/// No mechanism is to be had that would do.
package struct ContainmentUnavailable: Error, Equatable, Sendable {
    /// What was asked for; `nil`: any.
    package var demand: Mechanism?
    /// One for each mechanism that was tried.
    package var obstacles: [Obstacle]
}
