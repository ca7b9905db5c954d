internal import PkrunTestSupport
import ProcessKit
internal import Testing

@Suite struct BackoffTests {
    @Test("Grows to its maximum, and jitter stays within its bounds")
    func pauses() {
        var generator = SeededGenerator(seed: 7)
        let plain = Backoff(initial: .milliseconds(100), factor: 2, maximum: .seconds(1), jitter: 0)
        let pauses = (0..<6).map { plain.pause(before: $0, using: &generator) }
        #expect(pauses == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
        #expect(plain.pause(before: 1_000_000, using: &generator) == .seconds(1))
        let jittered = Backoff(initial: .seconds(1), factor: 1, jitter: 0.5)
        let drawn = (0..<1000).map { _ in jittered.pause(before: 3, using: &generator) }
        #expect(drawn.allSatisfy { $0 >= .milliseconds(499) && $0 <= .milliseconds(1501) })
        #expect(Set(drawn).count > 900)
    }
}
