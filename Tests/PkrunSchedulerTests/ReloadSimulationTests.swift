internal import Foundation
internal import Testing

/// Thousands of runs whose manifest changes again and again, each as long as ten others. `PKRUN_SEED` picks the first,
/// `PKRUN_HISTORIES` how many: a part of that where each is long.
@Suite struct ReloadSimulationTests {
    @Test func everyReloadKeepsTheRules() async {
        for seed in seeds(2000, oneIn: 5) {
            await Task.yield()
            var run = ReloadedRun(seed: seed)
            let violations = run.run()
            guard !violations.isEmpty else { continue }
            Issue.record("PKRUN_SEED=\(seed): \(violations)\n\(run.history.suffix(200).joined(separator: "\n"))")
            return
        }
    }

    /// One edit of a small manifest, at every moment of every order of events. A tenth of `PKRUN_PLANS` is how many of
    /// the edits, evenly spread; `PKRUN_SEED` picks others.
    @Test(arguments: [0, 1]) func everyOrderOfEventsAroundAReloadKeepsTheRules(part: Int) async {
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["PKRUN_SEED"].flatMap { Int($0) } ?? 1
        let count = environment["PKRUN_PLANS"].flatMap { Int($0) } ?? 400
        var step = max(ManifestEdit.count * 10 / count, 1)
        // There are 7 kinds of jobs, 8 of dependencies and 21 of edits.
        while [2, 3, 7].contains(where: step.isMultiple) { step += 1 }
        var (number, states, transitions) = (0, 0, 0)
        for edit in stride(from: seed % step + part * step, to: ManifestEdit.count, by: 2 * step) {
            await Task.yield()
            guard let edit = ManifestEdit(number: edit),
                var exploration = ReloadExploration(from: edit.before, to: edit.after)
            else { continue }
            if let found = exploration.run() {
                Issue.record("\(found)")
                return
            }
            number += 1
            states += exploration.states
            transitions += exploration.transitions
        }
        print("\(number) edits, part \(part): \(states) states, \(transitions) transitions")
    }

    /// A second model of what a reload means, in the part of it where the order of events must not matter.
    @Test func theObviousModelAgrees() async {
        for seed in seeds(3000) {
            await Task.yield()
            var model = ReloadModel(seed: seed)
            let found = model.run()
            guard !found.isEmpty else { continue }
            Issue.record("\(seed): \(found)\n\(model.history.joined(separator: "\n"))")
            return
        }
    }
}
