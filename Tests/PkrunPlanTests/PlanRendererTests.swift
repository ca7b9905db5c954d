import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

@Suite struct PlanRendererTests {
    private let host = Host.fake(
        environment: ["HOME": "/home/dev"],
        files: ["/srv/shop/common.env": "A=file\nB=file\n", "/srv/shop/api.env": "B='a $ and \"b\"'\nC=job-file\n"]
    )

    private func plan(_ text: String, host: Host) throws -> Plan {
        let planning = Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv/shop", host: host)
        #expect(DiagnosticRenderer().render(planning.diagnostics) == "")
        return try planning.outcome.get()
    }

    @Test(arguments: ["shop", "everything"])
    func theConfigOfAConfigIsTheConfig(name: String) throws {
        let first = try plan(try #require(Fixtures.text("Manifests/\(name).yaml")), host: host)
        let text = PlanRenderer.render(first)
        // Nothing of the host is asked for again but users and secrets: no other file, no other variable.
        let secrets = Host.fake(environment: ["HOME": "x"], files: ["/srv/shop/api.env": "x"])
        let second = try plan(text, host: secrets)
        #expect(second == first)
        #expect(PlanRenderer.render(second) == text)
    }

    @Test func whatIsPrintedIsMeantForPeople() throws {
        let text = """
            name: demo
            jobs:
              db: { command: [postgres, -D, "my data"], ready: { tcp: 5432 } }
              api: { command: "echo $HOME", depends_on: [db], env: { A: "1", B: } }
            """
        #expect(
            try PlanRenderer.render(plan(text, host: host)) == """
                name: demo
                containment: auto
                on_failure: stop
                jobs:
                  db:
                    kind: service
                    command: [postgres, -D, "my data"]
                    working_dir: /srv/shop
                    ready:
                      tcp: "127.0.0.1:5432"
                      timeout: 1m
                      interval: 100ms
                    stop:
                      - signal: TERM
                        to: tree
                        wait: 10s
                    restart:
                      policy: "no"
                      backoff: 1s
                      max_backoff: 30s
                      factor: 2.0
                    success_exit_codes: [0]
                    optional: false
                    leaks: kill
                    log:
                      split: false
                  api:
                    kind: task
                    command: [sh, -ec, "echo $$HOME"]
                    working_dir: /srv/shop
                    env:
                      A: "1"
                      B: null
                    depends_on:
                      db: ready
                    stop:
                      - signal: TERM
                        to: tree
                        wait: 10s
                    restart:
                      policy: "no"
                      backoff: 1s
                      max_backoff: 30s
                      factor: 2.0
                    success_exit_codes: [0]
                    optional: false
                    leaks: kill
                    log:
                      split: false

                """
        )
    }

    /// Any text in any place survives.
    @Test(arguments: 0..<100 as Range<UInt64>)
    func randomPlansComeBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("ab$${}:#'\"\\ -?|>&*!%@`,[]\n\t~é日🚀\u{85}\u{2028}\u{FEFF}\u{200D}=0")
        func text(atLeast: Int = 0) -> String {
            String(
                (0..<Int.random(in: atLeast...12, using: &random)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                }
            )
        }
        var jobs: [JobPlan] = []
        for number in 0..<4 {
            var job = JobPlan(
                name: "job-\(number)",
                kind: number == 0 ? .service : .task,
                arguments: ["x" + text(), text()]
            )
            job.workingDirectory = "/" + text()
            job.environment = EnvironmentOverlay([
                .init("A", text()), .init("B" + text(atLeast: 1).filter { !$0.unicodeScalars.contains("=") }, nil),
            ])
            job.stop = [.command(["x" + text()], wait: .milliseconds(1)), .signal(.hup, to: .main, wait: .zero)]
            job.log = LogPlan(path: "/" + text(), split: Bool.random(using: &random))
            if number == 0 { job.readiness.probes = [.exec(["x", text()]), .line(pattern: "é", stream: .stdout)] }
            if number > 0 { job.dependencies = [Dependency(JobID(number - 1), .started)] }
            jobs.append(job)
        }
        let plan = Plan(name: text(), directory: "/srv/shop", jobs: jobs, goals: [JobID(3)], timeout: .seconds(1))
        #expect(try self.plan(PlanRenderer.render(plan), host: .fake()) == plan)
    }
}
