internal import PkrunTestSupport
internal import Testing

/// Thousands of random plans meet random histories, judged step by step by an auditor, and in the end by an oracle that
/// knows from the history alone what has to become of every job. `PKRUN_SEED` picks the first, `PKRUN_HISTORIES` how
/// many.
@Suite struct SchedulerSimulationTests {
    /// In two parts, which are looked at beside each other, and let other tests have their turn.
    @Test(arguments: [0, 1])
    func everyHistoryKeepsTheRules(part: UInt64) async {
        for seed in seeds(6000) where seed % 2 == part {
            await Task.yield()
            var run = SimulatedRun(seed: seed)
            let violations = run.run()
            guard !violations.isEmpty else { continue }
            var again = SimulatedRun(seed: seed, keepsHistory: true)
            _ = again.run()
            Issue.record("PKRUN_SEED=\(seed): \(violations)\n\(again.account)")
            return
        }
    }

    /// A third model of the semantics, in the part of it where the order of events must not matter.
    @Test func theObviousModelAgrees() async {
        for seed in seeds(4000) {
            await Task.yield()
            let model = OutcomeModel(seed: seed)
            let expected = model.expected()
            for order in 1...UInt64(3) {
                let observed = model.observed(seed: order)
                let agrees = observed == expected
                #expect(agrees, "seed \(seed), order \(order): \(observed), not \(expected)")
                if !agrees { return }
            }
        }
    }
}
