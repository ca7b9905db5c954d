internal import PkrunEvents
internal import PkrunPlan
internal import PkrunTestSupport
internal import Testing

@Suite struct EventDecoderTests {
    private static let plan = Plan(
        name: "shop",
        directory: "/src",
        jobs: [
            JobPlan(name: "db", kind: .service, arguments: ["db"]),
            JobPlan(name: "say \"hi\"\t\u{1}é", kind: .task, arguments: ["true"]),
        ],
        goals: [JobID(1)]
    )

    @Test func whatIsReadIsWhatWasWritten() throws {
        var encoder = EventEncoder(plan: Self.plan)
        var decoder = EventDecoder()
        // So that both count the jobs alike.
        for job in [JobID(0), JobID(1)] {
            _ = decoder.decode(
                encoder.encode(.jobStarted(job, attempt: 1, processID: 7), at: Timestamp(microseconds: 0))
            )
        }
        var kinds: Set<String> = []
        for event in RunEvent.samples {
            guard let decoded = decoder.decode(encoder.encode(event, at: Timestamp(microseconds: 0))) else { continue }
            kinds.insert(event.kind)
            #expect(decoded == event)
        }
        #expect(decoder.names == Self.plan.jobs.map(\.name))
        #expect(kinds.count == 12)
        #expect(kinds.isSuperset(of: ["job-waiting", "job-finished", "job-stopping", "job-restarting"]))
    }

    @Test func whatIsCutIsNoEvent() {
        var encoder = EventEncoder(plan: Self.plan)
        let line = encoder.encode(.jobFinished(JobID(1), .succeeded), at: Timestamp(microseconds: 0))
        var decoder = EventDecoder()
        for length in 0..<(line.count - 1) { #expect(decoder.decode(line.prefix(length)) == nil) }
        #expect(decoder.decode(line) == .jobFinished(JobID(0), .succeeded))
        #expect(decoder.decode(Array(repeating: UInt8(ascii: "["), count: 100_000)) == nil)
    }
}
