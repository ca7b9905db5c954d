internal import PkrunTestSupport
import ProcessKit

/// What the tests of the library need again and again.
enum Offered {
    /// The mechanisms that answer for every descendant and can be tried here.
    static let mechanisms = Mechanism.allCases.filter { Engine.offers($0.rawValue) }

    /// Those that take in what something else has started.
    static let adopting = mechanisms.filter { $0 != .pidNamespace }
}

extension MarkedProcesses {
    /// The environment in which the processes of a test are known again.
    var environment: Environment {
        let parts = mark.split(separator: "=", maxSplits: 1).map(String.init)
        return .inherited.setting(parts[0], to: parts[1])
    }
}

extension Command {
    /// The same, reading what the test gives it.
    func withWriter() -> Command {
        var copy = self
        copy.standardInput = .writer
        return copy
    }

    /// The same with limits of its own.
    func limited(to limits: ResourceLimits) -> Command {
        var copy = self
        copy.resourceLimits = limits
        return copy
    }
}

/// What is generous for anything that is to happen at all.
let patience = Duration.seconds(180)

/// Asks again and again until it is so.
func eventually(_ isSo: @Sendable () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + patience
    while try await !isSo() {
        guard ContinuousClock.now < deadline else { throw DeadlinePassed(what: "condition") }
        try await Task.sleep(for: .milliseconds(2))
    }
}
