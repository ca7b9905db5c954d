import PkrunSystem
import PkrunTestSupport
import Testing

/// Jobs of root that move themselves out of their cgroup: B16.
@Suite(
    .enabled(
        if: CurrentProcess.effectiveUserID == 0 && Mechanisms.available.contains("cgroup"),
        "only root can leave its cgroup"
    )
)
struct EscapeTests {
    private let home = TestCgroup.own ?? ""

    @Test("who gets away before the job ends is named, ended with it, and told by why and the report")
    func reported() throws {
        let scenario = try Scenario(
            """
            jobs:
              sneak:
                command: |
                  (setsid sh -c 'echo $$$$ > \(home)/cgroup.procs; echo out; exec sleep 1000' &)
                  while ! grep -q out .pkrun/latest/logs/sneak.log; do sleep 0.01; done
            """
        )
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("sleep 1000 (pid "))
        #expect(result.output.contains(") escaped its cgroup\n"))
        #expect(try scenario.text(".pkrun/latest/events.jsonl").contains("\"event\":\"job-escaped\""))
        let report = try scenario.text(".pkrun/latest/report.json")
        #expect(try #require(report.firstRange(of: "\"escaped\": [")).upperBound < report.endIndex)
        #expect(!report.contains("\"escaped\": []"))
        let why = try scenario.run(["why", "sneak"]).output
        #expect(why.contains("sneak succeeded\n") && why.contains(") escaped its cgroup\n"), "\(why)")
        #expect(scenario.processes().isEmpty)
    }

    @Test(
        "who gets away from a running job is asked to end as the others are",
        arguments: [
            "sh -c 'echo $$$$ > HOME/cgroup.procs; trap \"echo asked; exit 0\" TERM; echo out; while :; do sleep 0.02; done' & wait",
            "echo $$$$ > HOME/cgroup.procs; trap 'echo asked; exit 0' TERM; echo out; while :; do sleep 0.02; done",
        ]
    )
    func asked(command: String) throws {
        let script = command.split(separator: "HOME").joined(separator: home)
        let scenario = try Scenario("jobs: { sneak: { kind: service, command: ['sh', '-c', \(quoted(script))] } }\n")
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(pkrun.waitForOutput("out\n"))
        pkrun.signal(2)
        let result = try pkrun.wait()
        #expect(result.exitCode == 130)
        #expect(try scenario.log("sneak").contains("asked\n"), "\(result.output)")
        #expect(result.output.contains(") escaped its cgroup\n"))
        #expect(scenario.processes().isEmpty)
    }

    private func quoted(_ text: String) -> String {
        "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
    }
}
