internal import Foundation
internal import PkrunEvents
internal import PkrunPlan
internal import PkrunTestSupport
internal import Testing

@Suite struct RunReportTests {
    private static let plan = Plan(
        name: "shop",
        directory: "/src",
        jobs: [
            JobPlan(name: "db", kind: .service, arguments: ["db"]),
            JobPlan(name: "smoke", kind: .task, arguments: ["x"]),
        ],
        goals: [JobID(1)]
    )

    private func parse(_ bytes: [UInt8]) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    }

    private func report(of events: [RunEvent]) -> RunReport {
        var report = RunReport(plan: Self.plan)
        for (index, event) in events.enumerated() {
            report.receive(event, at: Timestamp(microseconds: Int64(index) * 1_000_000))
        }
        return report
    }

    @Test func aRunIsToldJobByJob() throws {
        let receipt = TreeReceipt(
            end: .step(0),
            processesSeen: 4,
            cpuTime: .milliseconds(250),
            peakMemory: 9000
        )
        let report = try parse(
            report(of: [
                .runStarted(
                    RunStart(
                        runID: "r1",
                        manifest: "/src/jobs.yaml",
                        name: "shop",
                        processID: 7,
                        mechanism: "cgroup",
                        goals: [JobID(1)]
                    )
                ),
                .jobStarted(JobID(0), attempt: 1, processID: 8),
                .jobEnded(JobID(0), attempt: 1, AttemptEnding(status: .exited(1), receipt: receipt)),
                .jobRestarting(JobID(0), restart: 1, after: .seconds(1)),
                .jobStarted(JobID(0), attempt: 2, processID: 9),
                .jobReady(JobID(0), attempt: 2, after: .seconds(1)),
                .jobEnded(JobID(0), attempt: 2, AttemptEnding(status: .signaled(.term), receipt: receipt)),
                .jobFinished(JobID(0), .stopped(.notNeeded)),
                .jobFinished(JobID(1), .failed(.ended(.exited(3)))),
                .runFinished(RunOutcome(exitCode: 1, stopReason: .failed(JobID(1)), failed: [JobID(1)])),
            ])
            .encode()
        )
        #expect(try JSONSchema(named: "report.schema.json").violations(of: report) == [])
        #expect(report["exit_code"] as? Int == 1)
        #expect(report["failed"] as? [String] == ["smoke"])
        let jobs = report["jobs"] as? [[String: Any]] ?? []
        #expect(jobs.map { $0["outcome"] as? String } == ["stopped", "failed"])
        #expect(jobs.first?["attempts"] as? Int == 2)
        #expect(jobs.first?["restarts"] as? Int == 1)
        #expect(jobs.first?["started"] as? String == "1970-01-01T00:00:01.000000Z")
        #expect(jobs.first?["ready"] as? String == "1970-01-01T00:00:05.000000Z")
        let total = jobs.first?["receipt"] as? [String: Any] ?? [:]
        #expect(total["mechanism"] as? String == "cgroup")
        #expect(total["processes_seen"] as? Int == 8)
        #expect(total["cpu_seconds"] as? Double == 0.5)
        #expect(total["peak_memory_bytes"] as? Int == 9000)
        #expect(total["survivors"] as? Int == 0)
    }

    @Test func aLargeReportComesInPiecesThatAreOneDocument() throws {
        let jobs = (0..<2000).map { JobPlan(name: "job-\($0)", kind: .task, arguments: ["true"]) }
        let report = RunReport(plan: Plan(name: "large", directory: "/src", jobs: jobs, goals: []))
        var pieces: [Int] = []
        report.encode { pieces.append($0.count) }
        #expect(pieces.count > 2 && pieces.allSatisfy { $0 < 1 << 17 }, "\(pieces)")
        let names = (try parse(report.encode())["jobs"] as? [[String: Any]] ?? []).map { $0["job"] as? String }
        #expect(names == jobs.map(\.name))
    }

    @Test func whoCannotTakeAPieceIsGivenNoMore() throws {
        struct Full: Error {}
        let jobs = (0..<2000).map { JobPlan(name: "job-\($0)", kind: .task, arguments: ["true"]) }
        let report = RunReport(plan: Plan(name: "large", directory: "/src", jobs: jobs, goals: []))
        var count = 0
        #expect(throws: Full.self) {
            try report.encode { (_: Span<UInt8>) throws(Full) in
                count += 1
                throw Full()
            }
        }
        #expect(count == 1)
    }

    @Test func aRunThatIsNotOverHasAReportToo() throws {
        let schema = try JSONSchema(named: "report.schema.json")
        for count in 0...RunEvent.samples.count {
            let bytes = report(of: Array(RunEvent.samples.prefix(count))).encode()
            #expect(schema.violations(of: try parse(bytes)) == [])
        }
    }
}
