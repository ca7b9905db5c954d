import PkrunSystem
import PkrunTestSupport
import Testing

/// What waits sleeps: nothing asks again and again whether something has happened.
@Suite struct IdleTests {
    @Test(
        "B13: nothing wakes up while a job sleeps, nor while one is waited for to end",
        .enabled(if: WakeUps.canCease, "ThreadSanitizer itself wakes up"),
        arguments: Mechanisms.available
    )
    func idle(mechanism: String) throws {
        let scenario = try Scenario(
            """
            containment: \(mechanism)
            jobs:
              deaf:
                command: "trap '' TERM; echo ready; exec sleep 1000"
                ready: { line: ready }
                stop: [{ signal: TERM, wait: 1h }]
            """
        )
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(pkrun.waitForOutput("everything is up"))
        #expect(scenario.processes().count >= 3)
        #expect(WakeUps.cease(in: scenario.processes()))

        pkrun.signal(2)
        #expect(try eventually { try scenario.text(".pkrun/latest/events.jsonl").contains("job-stop-step") })
        #expect(WakeUps.cease(in: scenario.processes()))
        for process in scenario.processes() where ProcessRecord(of: process)?.name == "sleep" {
            Signals.send(9, to: process)
        }
        #expect(try pkrun.wait().exitCode == 130)
        #expect(scenario.processes().isEmpty)
    }
}
