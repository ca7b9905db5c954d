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

    /// A second model of what a reload means, in the part of it where the order of events must not matter.
    @Test func theObviousModelAgrees() async {
        for seed in 1...UInt64(3000) {
            await Task.yield()
            var model = ReloadModel(seed: seed)
            let found = model.run()
            guard !found.isEmpty else { continue }
            Issue.record("\(seed): \(found)\n\(model.history.joined(separator: "\n"))")
            return
        }
    }
}
