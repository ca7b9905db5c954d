import Glibc
import PkrunSystem
import PkrunTestSupport
import Testing

/// `health`, `if`, `stdin` and `signals`, with real processes.
@Suite struct HealthTests {
    private func run(_ manifest: String, _ environment: [String: String] = [:]) throws -> (Scenario, PkrunResult) {
        let scenario = try Scenario(manifest)
        let result = try scenario.run(["jobs.yaml"], environment: environment)
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
        return (scenario, result)
    }

    @Test func `an unhealthy service is started again, and dependents wait for health`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              db:
                command: "echo x >> starts; exec sleep 1000"
                kind: service
                health: { exec: "echo sick; test $$(wc -l < starts) -ge 2", interval: 20ms, retries: 2 }
                restart: { policy: no, backoff: 10ms }
              test: { command: test $$(wc -l < starts) -eq 2, depends_on: { db: healthy } }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(result.output.contains("exited with 1: sick"), "\(result.output)")
        #expect(try scenario.text("starts") == "x\nx\n")
    }

    @Test func `an unhealthy service can be a failure`() throws {
        let (_, result) = try run(
            """
            jobs:
              db:
                command: sleep 1000
                kind: service
                health: { file: nowhere, interval: 10ms, retries: 2, on_failure: stop }
                restart: always
            """
        )
        #expect(result.exitCode == 1)
        #expect(result.output.contains("was not healthy"), "\(result.output)")
    }

    @Test(arguments: ["exit 0", "exit 1", "while :; do sleep 0.01; done"])
    func `an if that is not needed any more is asked to end, and then has to`(answer: String) throws {
        let scenario = try Scenario(
            """
            jobs:
              asks: { command: touch ran, if: [sh, -c, "trap 'echo > asked; \(answer)' TERM; echo > waits; sleep 1000 & wait"] }
            """
        )
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(eventually { (try? scenario.bytes("waits")) != nil })
        pkrun.signal(SIGINT)
        #expect(try pkrun.wait().exitCode == 130)
        #expect((try? scenario.bytes("asked")) != nil)
        #expect((try? scenario.bytes("ran")) == nil)
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
    }

    @Test func `a probe that takes too long is asked to end, and then has to`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              db:
                command: "while ! test -e asked; do sleep 0.01; done"
                kind: service
                restart: on-failure
                health:
                  exec: "trap 'echo > asked' TERM; while :; do sleep 0.01; done"
                  interval: 10ms
                  timeout: 200ms
                  on_failure: mark
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect((try? scenario.bytes("asked")) != nil)
    }

    @Test func `if decides whether a job runs`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              yes: { command: touch yes, if: "${STAGE} == live" }
              no: { command: touch no, if: "${STAGE} != live" }
              asked: { command: touch asked, if: [test, -e, jobs.yaml] }
              declined: { command: touch declined, if: [test, -e, nowhere] }
              after: { command: touch after, depends_on: [declined] }
            """,
            ["STAGE": "live"]
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(["yes", "asked"].allSatisfy { (try? scenario.bytes($0)) != nil })
        #expect(["no", "declined", "after"].allSatisfy { (try? scenario.bytes($0)) == nil })
    }

    @Test func `an if that takes for ever can be interrupted`() throws {
        let scenario = try Scenario("jobs: { a: { command: touch a, if: [sh, -c, 'touch asked; sleep 1000'] } }")
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(eventually { (try? scenario.bytes("asked")) != nil })
        pkrun.signal(SIGINT)
        #expect(try pkrun.wait().exitCode == 130)
        #expect((try? scenario.bytes("a")) == nil)
        #expect(scenario.processes().isEmpty)
    }

    @Test func `standard input is what the manifest says`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              text: { command: [cat], stdin: { text: "one\\ntwo" } }
              file: { command: [cat], stdin: { file: jobs.yaml } }
              none: { command: [cat] }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.log("text") == "one\ntwo")
        #expect(try scenario.log("file") == scenario.text("jobs.yaml"))
        #expect(try scenario.log("none").isEmpty)
    }

    @Test func `a standard input that is not there is said`() throws {
        let (_, result) = try run("jobs: { a: { command: [cat], stdin: { file: nowhere } } }")
        #expect(result.exitCode == 1)
        #expect(result.output.contains("cannot open its standard input"), "\(result.output)")
    }

    @Test func `signals are forwarded, ignored or kill, as the manifest says`() throws {
        let scenario = try Scenario(
            """
            signals: { USR2: ignore, QUIT: kill }
            jobs:
              a:
                command: "trap 'echo got USR1' USR1; trap 'echo got USR2' USR2; trap '' TERM; echo up; while :; do sleep 0.01; done"
                ready: { line: up }
            """
        )
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(pkrun.waitForOutput("ready after"))
        pkrun.signal(SIGUSR2)
        pkrun.signal(SIGUSR1)
        #expect(pkrun.waitForOutput("got USR1"))
        pkrun.signal(SIGQUIT)
        #expect(try pkrun.wait().exitCode == 131)
        #expect(try scenario.log("a") == "up\ngot USR1\n")
        #expect(scenario.processes().isEmpty)
    }
}
