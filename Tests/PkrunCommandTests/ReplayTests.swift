internal import Foundation
internal import PkrunTestSupport
internal import Testing

/// Histories that were simulated, carried out by pkrun with real processes, in every mechanism of containment that is
/// to be had. `PKRUN_SEED` picks one.
@Suite struct ReplayTests {
    private static let seeds: [ClosedRange<UInt64>] = {
        if let seed = ProcessInfo.processInfo.environment["PKRUN_SEED"].flatMap({ UInt64($0) }) { return [seed...seed] }
        return (0..<4).map { (1 + $0 * 60)...(60 + $0 * 60) }
    }()

    @Test(arguments: seeds)
    func whatPkrunDoesIsWhatWasSimulated(seeds: ClosedRange<UInt64>) throws {
        for seed in seeds {
            var run = try ReplayedRun(seed: seed)
            do { try run.run() } catch {
                Issue.record("PKRUN_SEED=\(seed): \(error)")
                return
            }
        }
    }
}
