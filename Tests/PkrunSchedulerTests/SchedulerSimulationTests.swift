internal import Foundation
internal import PkrunTestSupport
internal import Testing

/// Thousands of random plans meet random histories. `PKRUN_SEED` picks the first, `PKRUN_HISTORIES` how many.
@Suite struct SchedulerSimulationTests {
    @Test func everyHistoryKeepsTheRules() {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["PKRUN_SEED"].flatMap { UInt64($0) } ?? 1
        let count = environment["PKRUN_HISTORIES"].flatMap { UInt64($0) } ?? 6000
        for seed in first..<(first + count) {
            var run = SimulatedRun(seed: seed)
            let violations = run.run()
            guard !violations.isEmpty else { continue }
            var again = SimulatedRun(seed: seed, keepsHistory: true)
            _ = again.run()
            Issue.record("PKRUN_SEED=\(seed): \(violations)\n\(again.account)")
            return
        }
    }
}
