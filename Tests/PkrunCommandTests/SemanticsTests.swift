import PkrunSystem
import PkrunTestSupport
import Testing

/// What a manifest asks for, done with real processes.
@Suite struct SemanticsTests {
    private func run(_ manifest: String, _ arguments: [String] = []) throws -> (Scenario, PkrunResult) {
        let scenario = try Scenario(manifest)
        let result = try scenario.run(["jobs.yaml"] + arguments)
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
        return (scenario, result)
    }

    @Test func `a service that only supports is stopped when nobody needs it, dependents first`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              db: { command: "trap 'echo db >> order; exit' TERM; echo up; while :; do sleep 0.01; done", ready: { line: up } }
              api:
                command: "trap 'echo api >> order; exit' TERM; echo up; while :; do sleep 0.01; done"
                ready: { line: up }
                depends_on: [db]
              test: { command: "echo test >> order", depends_on: [api] }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.text("order") == "test\napi\ndb\n")
    }

    @Test func `a failure stops the run, and says whose and how`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              server: { command: "echo up; exec sleep 1000", ready: { line: up } }
              bad: { command: exit 3, depends_on: [server] }
              after: { command: touch after, depends_on: [bad] }
            """
        )
        #expect(result.exitCode == 1)
        #expect(result.output.contains("exited with 3"))
        #expect((try? scenario.bytes("after")) == nil)
    }

    @Test func `with --keep-going what does not depend on a failure goes on`() throws {
        let manifest = """
            jobs:
              bad: { command: exit 3 }
              dependent: { command: touch dependent, depends_on: [bad] }
              first: { command: sleep 0.2 }
              second: { command: touch second, depends_on: [first] }
            """
        let (stopped, result) = try run(manifest)
        #expect(result.exitCode == 1)
        #expect((try? stopped.bytes("second")) == nil)
        let (kept, keptResult) = try run(manifest, ["--keep-going"])
        #expect(keptResult.exitCode == 1)
        #expect((try? kept.bytes("second")) != nil)
        #expect((try? kept.bytes("dependent")) == nil)
    }

    @Test func `an optional failure is told and does no harm`() throws {
        let (_, result) = try run("jobs: { a: { command: exit 3, optional: true }, b: { command: [\"true\"] } }")
        #expect(result.exitCode == 0)
        #expect(result.output.contains("exited with 3"))
    }

    @Test(arguments: [
        ("{ command: sleep 1000, timeout: 100ms }", "took longer than 100 ms"),
        ("{ command: \"echo hello; sleep 1000\", idle_timeout: 100ms }", "was silent for 100 ms"),
        ("{ command: sleep 1000, ready: { line: never, timeout: 100ms } }", "was not ready within 100 ms"),
        (
            "{ command: sleep 1000, ready: { exec: exit 1, timeout: 100ms, interval: 10ms } }",
            "was not ready within 100 ms"
        ),
        ("{ command: \"sleep 1000 & exit 0\", leaks: fail }", "left behind sleep 1000"),
        ("{ command: exit 0, ready: { delay: 1h } }", "exited with 0"),
    ])
    func `what takes too long or misbehaves fails with its reason`(job: String, reason: String) throws {
        let (_, result) = try run("jobs: { a: \(job) }")
        #expect(result.exitCode == 1)
        #expect(result.output.contains(reason), "\(result.output)")
    }

    @Test func `the run's own timeout is exit code 124`() throws {
        let (_, result) = try run("timeout: 100ms\njobs: { a: { command: sleep 1000 } }")
        #expect(result.exitCode == 124)
    }

    @Test func `a service is ready when all of its probes have passed`() throws {
        let port = Int.random(in: 20_000..<30_000)
        let (scenario, result) = try run(
            """
            jobs:
              server:
                command: [python3, -u, -m, http.server, "\(port)", --bind, 127.0.0.1]
                ready:
                  tcp: \(port)
                  http: http://127.0.0.1:\(port)/
                  exec: test -e go
                  delay: 10ms
                  interval: 10ms
              opener: { command: "sleep 0.2; touch go" }
              client: { command: test -e go, depends_on: [server] }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.log("server").contains("GET / HTTP/1.1"))
    }

    @Test func `the stop ladder is climbed step by step`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              server:
                command: "trap 'echo INT' INT; trap 'echo TERM; until [ -s asked ]; do sleep 0.01; done; exit' TERM; echo up; while :; do sleep 0.01; done"
                ready: { line: up }
                stop:
                  - { signal: INT, to: main, wait: 100ms }
                  - { command: echo asked > asked, wait: 100ms }
                  - { signal: TERM, to: main, wait: 5m }
              test: { command: ["true"], depends_on: [server] }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.log("server") == "up\nINT\nTERM\n")
        #expect(try scenario.text("asked") == "asked\n")
    }

    @Test func `no more tasks run at once than allowed`() throws {
        let task = "{ command: \"mkdir busy; sleep 0.05; rmdir busy\" }"
        let (_, result) = try run("concurrency: 1\njobs: { a: \(task), b: \(task), c: \(task) }")
        #expect(result.exitCode == 0, "\(result.output)")
    }

    @Test func `the environment is what the manifest says`() throws {
        let scenario = try Scenario(
            """
            env: { A: top, B: top, HOME: null }
            env_file: .env
            jobs:
              show:
                command: echo "$A $B $C ${HOME-unset} $PWD"
                env: { B: job }
                working_dir: sub
            """
        )
        try scenario.write(".env", "C=\"from file\"\n")
        try scenario.write(
            "jobs.yaml",
            try scenario.text("jobs.yaml").replacing("${HOME-unset}", with: "$${HOME-unset}")
        )
        try FileSystem.makeDirectory(scenario.path("sub"))
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        #expect(try scenario.log("show") == "top job from file unset \(scenario.path("sub"))\n")
    }

    @Test func `a job leads a process group of its own, and the terminal cannot reach it`() throws {
        let scenario = try Scenario()
        try scenario.write(
            "jobs.yaml",
            """
            jobs:
              look:
                command: |
                  read -r pid name state parent group rest < /proc/$$$$/stat
                  [ $pid = $group ] && echo leader
                  (: < /dev/tty) 2>&1
            """
        )
        let terminal = try PseudoTerminal()
        let run = try scenario.start(["-k", "jobs.yaml"], on: terminal)
        #expect(terminal.waitFor("look"))
        _ = try run.wait()
        let log = try scenario.log("look")
        #expect(log.contains("leader"), "\(log)")
        #expect(log.contains("No such device or address"), "\(log)")
    }

    @Test func `below nohup a closed terminal stops nothing`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              outer:
                depends_on: [write]
                command: |
                  trap '' HUP
                  \(PkrunProcess.program) inner.yaml > shown &
                  until grep -q 'still here' shown; do sleep 0.01; done
                  kill -HUP $!
                  touch go
                  wait $!
              write:
                command: |
                  printf 'jobs: { a: { command: "echo still here; until [ -e go ]; do sleep 0.01; done" } }' > inner.yaml
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.text("shown").contains("every goal reached"))
    }

    @Test func `a stopped job is continued, so that it can act on what it is told`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              server: { command: "trap 'echo TERM; exit' TERM; echo $$$$ > pid; echo up; kill -STOP $$$$; sleep 1000", ready: { line: up } }
              test: { command: "until grep -q ^State.*T /proc/$(cat pid)/status; do sleep 0.01; done", depends_on: [server] }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.log("server").contains("TERM"))
    }

    @Test func `a log that cannot be written stops the run and is told`() throws {
        let scenario = try Scenario("jobs: { a: { command: \"echo hello; sleep 1000\", log: /dev/full } }")
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 70)
        #expect(result.errors.contains("write '/dev/full': No space left on device"), "\(result.errors)")
        #expect(scenario.processes().isEmpty)
    }
}
