import PkrunManifest
import PkrunTestSupport
import Testing

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("500ms", .milliseconds(500)), ("10s", .seconds(10)), ("1m30s", .seconds(90)), ("2h", .seconds(7200)),
            ("0s", .zero), ("1h0m1s", .seconds(3601)), ("90m", .seconds(5400)), ("1s500ms", .milliseconds(1500)),
            ("250us", .microseconds(250)), ("007s", .seconds(7)), ("87600h", .seconds(315_360_000)),
        ] as [(String, Duration)]
    )
    func durations(text: String, expected: Duration) {
        #expect(DurationText.parse(text) == expected)
    }

    @Test(arguments: [
        "", "10", "s", "-1s", "1.5s", "1 s", "5 minutes", "5min", "1s1s", "1s1m", "30s1m", "1S", "1d", "+1s", "१s",
        "99999999999999999999s", "9223372036854775807h", "100000h", "1sfoo", "1h2", "∞",
    ])
    func somethingElse(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func whatIsWrittenIsReadBack(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let duration = Duration.nanoseconds(
            Int64.random(in: 0...(1 << Int.random(in: 1...58, using: &random)), using: &random)
        )
        #expect(DurationText.parse(DurationText.format(duration)) == duration)
    }

    @Test func theShortestFormIsWritten() {
        #expect(DurationText.format(.seconds(90)) == "1m30s")
        #expect(DurationText.format(.milliseconds(7_200_500)) == "2h500ms")
        #expect(DurationText.format(.zero) == "0s")
    }
}
