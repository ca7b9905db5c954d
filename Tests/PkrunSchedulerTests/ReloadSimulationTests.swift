internal import Foundation
internal import Testing

/// Thousands of runs whose manifest changes again and again, each as long as ten others. `PKRUN_SEED` picks the first,
/// a tenth of `PKRUN_HISTORIES` is how many.
@Suite struct ReloadSimulationTests {
    @Test func everyReloadKeepsTheRules() async {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["PKRUN_SEED"].flatMap { UInt64($0) } ?? 1
        let count = environment["PKRUN_HISTORIES"].flatMap { UInt64($0) }.map { max($0 / 10, 1) } ?? 1500
        for seed in first..<(first + count) {
            await Task.yield()
            var run = ReloadedRun(seed: seed)
            let violations = run.run()
            guard !violations.isEmpty else { continue }
            Issue.record("PKRUN_SEED=\(seed): \(violations)\n\(run.history.suffix(200).joined(separator: "\n"))")
            return
        }
    }
}
