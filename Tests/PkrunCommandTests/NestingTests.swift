import PkrunSystem
import PkrunTestSupport
import Testing

/// A run as a job of another run.
@Suite struct NestingTests {
    @Test("a run within a run is contained like any other", arguments: Mechanisms.available)
    func ends(mechanism: String) throws {
        let scenario = try scenario(mechanism, inner: "command: 'setsid sleep 1000 & sleep 0.1'")
        let up = try scenario.run(["jobs.yaml"])
        #expect(up.exitCode == 0, "\(up.output)")
        #expect(up.output.split(separator: "\n").count { $0.contains("every goal reached") } == 2, "\(up.output)")
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
    }

    @Test("what a run within a run has started ends with the outer one", arguments: Mechanisms.available)
    func outerIsKilled(mechanism: String) throws {
        let scenario = try upAndRunning(mechanism)
        scenario.run.signal(9)
        #expect(eventually { scenario.files.processes().isEmpty }, "\(scenario.files.processDescriptions())")
        _ = try scenario.run.wait()
    }

    @Test("what a run within a run has started ends with that one", arguments: Mechanisms.available)
    func innerIsKilled(mechanism: String) throws {
        let scenario = try upAndRunning(mechanism)
        let inner = scenario.files.processes().filter {
            let record = ProcessRecord(of: $0)
            return record?.name == "pkrun" && $0 != scenario.run.identifier
        }
        #expect(inner.count == 1)
        for process in inner { Signals.send(9, to: process) }
        let result = try scenario.run.wait()
        #expect(result.exitCode == 1 && result.output.contains("failed: within"), "\(result.output)")
        #expect(scenario.files.processes().isEmpty, "\(scenario.files.processDescriptions())")
    }

    private func upAndRunning(_ mechanism: String) throws -> (files: Scenario, run: PkrunProcess) {
        let scenario = try scenario(
            mechanism,
            inner: "{ command: 'setsid sleep 1000 & sleep 1000 & echo up; wait', ready: { line: up } }"
        )
        let run = try scenario.start(["jobs.yaml"])
        #expect(run.waitForOutput("everything is up"))
        return (scenario, run)
    }

    private func scenario(_ mechanism: String, inner: String) throws -> Scenario {
        let job = inner.hasPrefix("{") ? inner : "{ \(inner) }"
        let scenario = try Scenario(
            """
            containment: \(mechanism)
            jobs:
              within: { command: [\(PkrunProcess.program), inner.yaml] }
            """
        )
        try scenario.write("inner.yaml", "jobs:\n  job: \(job)\n")
        return scenario
    }
}
