import PkrunSystem
import PkrunTestSupport
import Testing

/// What happens again, in turn, or in the end: `retry`, `locks`, `restart`, `finally`, with real processes.
@Suite struct FollowUpTests {
    private static let report = "echo $$PKRUN_RUN_OUTCOME $$PKRUN_EXIT_CODE [$$PKRUN_FAILED_JOBS]"

    private func run(_ manifest: String) throws -> (Scenario, PkrunResult) {
        let scenario = try Scenario(manifest)
        let result = try scenario.run(["jobs.yaml"])
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
        return (scenario, result)
    }

    @Test(arguments: [
        ("exit 0", 0, "succeeded 0 []"), ("exit 3", 1, "failed 1 [job]"), ("sleep 1000", 124, "timeout 124 []"),
    ])
    func `finally tasks are told how the run went`(command: String, code: Int, words: String) throws {
        let (scenario, result) = try run(
            """
            timeout: 2s
            jobs:
              job: { command: \(command) }
              clean: { command: "\(Self.report)", finally: true }
            """
        )
        #expect(result.exitCode == Int32(code), "\(result.output)")
        #expect(try scenario.log("clean") == "\(words)\n")
    }

    @Test func `finally tasks run after Ctrl-C, when all else has ended`() throws {
        let scenario = try Scenario(
            """
            jobs:
              db: { command: "trap 'echo db >> order; exit' TERM; echo up; while :; do sleep 0.01; done", ready: { line: up } }
              clean: { command: "echo clean >> order; \(Self.report)", finally: true }
            """
        )
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(pkrun.waitForOutput("ready after"))
        pkrun.signal(2)
        #expect(try pkrun.wait().exitCode == 130)
        #expect(try scenario.text("order") == "db\nclean\n")
        #expect(try scenario.log("clean") == "interrupted 130 []\n")
        #expect(scenario.processes().isEmpty)
    }

    @Test func `a task is tried again after the exit codes that call for it`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              flaky: { command: "echo x >> tries; test $$(wc -l < tries) -ge 3", retry: { max: 5, delay: 1ms, on: [1] } }
              other: { command: "echo x >> others; exit 4", retry: { max: 5, on: [1, timeout] }, optional: true }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.text("tries") == "x\nx\nx\n")
        #expect(try scenario.text("others") == "x\n")
    }

    @Test func `tasks that share a lock do not run at the same time`() throws {
        let task = "{ command: \"mkdir busy; sleep 0.05; rmdir busy\", locks: [busy] }"
        let (_, result) = try run("jobs: { a: \(task), b: \(task), c: \(task) }")
        #expect(result.exitCode == 0, "\(result.output)")
    }

    @Test func `who depends with restart true is started again with its dependency`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              db:
                command: "echo x >> starts; echo up; test $$(wc -l < starts) -ge 2 || { sleep 0.2; exit 1; }; exec sleep 1000"
                ready: { line: up }
                restart: { policy: on-failure, backoff: 10ms, factor: 1.5, window: 1m }
              api:
                command: "echo x >> apis; echo up; exec sleep 1000"
                ready: { line: up }
                depends_on: { db: { condition: ready, restart: true } }
              test:
                command: "until test $$(wc -l < apis) -ge 2; do sleep 0.01; done"
                depends_on: [api]
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.text("apis") == "x\nx\n")
    }

    @Test func `a dependency that is not required is waited for and not missed`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              warm: { command: "sleep 0.1; echo warm >> order; exit 1", optional: true }
              test: { command: "echo test >> order", depends_on: { warm: { required: false } } }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.text("order") == "warm\ntest\n")
    }
}
