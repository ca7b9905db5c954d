internal import PkrunPlan

/// How long to wait before a restart: longer each time, and not the same for everybody.
public struct Backoff: Sendable, Equatable {
    /// Before the first restart.
    public var initial: Duration
    /// By how much the pause grows with each restart.
    public var factor: Double
    /// The longest pause, before the jitter.
    public var maximum: Duration
    /// The part of the pause by which it may be shorter or longer, 0…1.
    public var jitter: Double

    /// - Parameters: as the properties of the same names.
    public init(
        initial: Duration = .milliseconds(200),
        factor: Double = 2,
        maximum: Duration = .seconds(30),
        jitter: Double = 0.25
    ) {
        self.initial = initial
        self.factor = factor
        self.maximum = maximum
        self.jitter = jitter
    }

    /// The pause before a restart.
    /// - Parameter restart: counted from 0.
    public func pause(before restart: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        let growth = RestartPolicy(backoff: initial, maximumBackoff: maximum, factor: max(factor, 1))
        let pause = min(growth.delay(beforeRestart: restart + 1), maximum)
        let spread = min(max(jitter, 0), 1)
        return pause * Double.random(in: (1 - spread)...(1 + spread), using: &generator)
    }

    func wait(before restart: Int) async throws(ProcessError) {
        var generator = SystemRandomNumberGenerator()
        do {
            try await Task.sleep(for: pause(before: restart, using: &generator))
        } catch {
            throw .cancelled
        }
    }
}
