import PkrunSystem
import PkrunTestSupport
import Testing

/// `pkrun why`, after a run and in the middle of one.
@Suite struct WhyTests {
    private func why(_ job: String, in scenario: Scenario) throws -> [String] {
        let result = try scenario.run(["why", job])
        #expect(result.exitCode == 0, "\(result.errors)")
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test func `after a run it tells who failed, who was skipped for it, and what was tried`() throws {
        let scenario = try Scenario(
            """
            on_failure: continue
            jobs:
              build: { command: exit 3, retry: 1 }
              test: { command: ["true"], depends_on: [build] }
              deploy: { command: ["true"], depends_on: [test] }
              lint: { command: ["true"] }
            """
        )
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 1)
        #expect(
            try why("build", in: scenario) == [
                "build failed", "because exited with 3",
                "it was started again 1 time, and the attempt before exited with 3",
            ]
        )
        #expect(
            try why("deploy", in: scenario) == [
                "deploy was skipped", "because test did not succeed", "build failed: exited with 3",
            ]
        )
        #expect(try why("lint", in: scenario) == ["lint succeeded"])
        #expect(try scenario.run(["why", "nobody"]).exitCode == 64)
    }

    @Test func `during a run it tells who is waited for`() throws {
        let scenario = try Scenario(
            """
            jobs:
              db: { command: sleep 1000, ready: { line: never } }
              api: { command: ["true"], depends_on: [db] }
            """
        )
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(pkrun.waitForOutput("started (pid"))
        var lines: [String] = []
        #expect(
            try eventually {
                lines = try why("api", in: scenario); return lines.count == 3
            }
        )
        #expect(lines.prefix(2) == ["api waits", "because db is not ready yet"])
        #expect(lines.last?.hasPrefix("db runs (pid ") == true)
        pkrun.signal(2)
        #expect(try pkrun.wait().exitCode == 130)
    }
}
