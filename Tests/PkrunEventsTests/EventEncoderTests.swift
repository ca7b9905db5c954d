internal import Foundation
internal import PkrunEvents
internal import PkrunPlan
internal import PkrunTestSupport
internal import Testing

@Suite struct EventEncoderTests {
    private static let plan = Plan(
        name: "shop",
        directory: "/src",
        jobs: [
            JobPlan(name: "db", kind: .service, arguments: ["db"]),
            JobPlan(name: "say \"hi\"", kind: .task, arguments: ["true"]),
        ],
        goals: [JobID(1)]
    )

    private func line(_ event: RunEvent, at microseconds: Int64 = 0) -> String {
        var encoder = EventEncoder(plan: Self.plan)
        return String(decoding: encoder.encode(event, at: Timestamp(microseconds: microseconds)), as: UTF8.self)
    }

    @Test func aLineThatIsNotTakenIsNotGivenAgain() {
        struct Full: Error {}
        var encoder = EventEncoder(plan: Self.plan)
        var writer = JSONWriter()
        encoder.encode(.jobFinished(JobID(0), .succeeded), at: Timestamp(microseconds: 0), into: &writer)
        #expect(throws: Full.self) { try writer.drain { (_: Span<UInt8>) throws(Full) in throw Full() } }
        encoder.encode(.jobFinished(JobID(1), .succeeded), at: Timestamp(microseconds: 0), into: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n").count == 1)
    }

    @Test func aLineReadsAsTheFormSays() {
        #expect(
            line(.jobReady(JobID(0), attempt: 2, after: .milliseconds(531)), at: 1_767_323_045_123_456) == """
                {"v":1,"seq":1,"time":"2026-01-02T03:04:05.123456Z","event":"job-ready","job":"db","attempt":2,\
                "after_seconds":0.531}

                """
        )
        #expect(
            line(.jobFinished(JobID(1), .failed(.ended(.signaled(.kill))))) == """
                {"v":1,"seq":1,"time":"1970-01-01T00:00:00.000000Z","event":"job-finished","job":"say \\"hi\\"",\
                "outcome":"failed","reason":{"kind":"ended","status":{"kind":"signaled","signal":"SIGKILL","number":9}}}

                """
        )
    }

    @Test func everyEventKeepsToTheSchemaOnOneLine() throws {
        let schema = try JSONSchema(named: "events.schema.json")
        var encoder = EventEncoder(plan: Self.plan)
        for (index, event) in RunEvent.samples.enumerated() {
            let line = encoder.encode(event, at: Timestamp(microseconds: Int64(index) * 1_000_003))
            #expect(line.firstIndex(of: UInt8(ascii: "\n")) == line.endIndex - 1)
            let value = try JSONSerialization.jsonObject(with: Data(line))
            #expect(schema.violations(of: value) == [])
            #expect((value as? [String: Any])?["seq"] as? Int == index + 1)
        }
        let kinds = Set(RunEvent.samples.map(\.kind))
        #expect(schema.definitions.filter { $0.contains("-") } == kinds)
    }

    @Test func whatTheSchemaDoesNotKnowIsAViolation() throws {
        let schema = try JSONSchema(named: "events.schema.json")
        let lacking = line(.jobKilling(JobID(0), attempt: 1)).replacing(",\"attempt\":1", with: "")
        let wrong = line(.jobKilling(JobID(0), attempt: 1)).replacing("\"attempt\"", with: "\"atempt\"")
        for text in [lacking, wrong] {
            #expect(!schema.violations(of: try JSONSerialization.jsonObject(with: Data(text.utf8))).isEmpty)
        }
    }

    @Test func anyTextSurvives() throws {
        let everything = String(String.UnicodeScalarView((1..<0x300).compactMap { Unicode.Scalar(UInt32($0)) }))
        let broken = String(decoding: [0x61, 0xFF, 0x62] as [UInt8], as: UTF8.self)
        for text in ["", "plain", "\"\\/", everything, "🐘\u{2028}", "\0", broken] {
            let event = RunEvent.jobLeftBehind(
                JobID(0),
                attempt: 1,
                [ProcessSummary(processID: 1, command: text)],
                .kill
            )
            let value = try JSONSerialization.jsonObject(with: Data(line(event).utf8)) as? [String: Any]
            let processes = value?["processes"] as? [[String: Any]]
            #expect(processes?.first?["command"] as? String == text)
        }
        #expect(broken == "a\u{FFFD}b")
    }

    @Test(
        arguments: [
            (.zero, "0"), (.seconds(5), "5"), (.milliseconds(1500), "1.5"), (.microseconds(7), "0.000007"),
            (.nanoseconds(999), "0"), (.seconds(86_400), "86400"),
        ] as [(Duration, String)]
    )
    func durationsAreSeconds(duration: Duration, text: String) {
        #expect(line(.jobRestarting(JobID(0), restart: 1, after: duration)).hasSuffix("\"after_seconds\":\(text)}\n"))
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (4_107_542_399_999_999, "2100-02-28T23:59:59.999999Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (1_709_164_800_000_001, "2024-02-29T00:00:00.000001Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)]
    )
    func datesAreOfTheGregorianCalendar(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).description == text)
    }

    @Test func datesAgreeWithFoundationOverEightHundredYears() {
        let formatter = ISO8601DateFormatter()
        for day in stride(from: -100_000, to: 200_000, by: 97) {
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(day) * 86_400))
            let time = Timestamp(microseconds: Int64(day) * 86_400_000_000)
            #expect(time.description == expected.replacing("Z", with: ".000000Z"))
        }
    }
}
