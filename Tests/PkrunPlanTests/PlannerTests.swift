import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

@Suite struct PlannerTests {
    private func planning(
        _ text: String,
        _ selection: Selection = Selection(),
        host: Host = .fake()
    ) -> Planning {
        Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv/shop", selection: selection, host: host)
    }

    private func plan(
        _ text: String,
        _ selection: Selection = Selection(),
        host: Host = .fake()
    ) throws -> Plan {
        let planning = planning(text, selection, host: host)
        #expect(planning.diagnostics.map(\.message) == [])
        return try planning.outcome.get()
    }

    /// The only job of a manifest.
    private func job(_ text: String, host: Host = .fake()) throws -> JobPlan {
        let plan = try plan("jobs: { a: { \(text) } }", host: host)
        return try #require(plan.jobs.first)
    }

    @Test func theExampleOfTheManual() throws {
        let text = try #require(Fixtures.text("Manifests/shop.yaml"))
        let plan = try plan(text)
        #expect(plan.name == "shop")
        #expect(plan.jobs.map(\.name) == ["db", "migrate", "api", "smoke"])
        #expect(plan.jobs.map(\.kind) == [.service, .task, .service, .task])
        #expect(plan.goals == [JobID(3)])
        #expect(plan.jobs[2].dependencies == [Dependency(JobID(0), .ready), Dependency(JobID(1), .succeeded)])
        #expect(plan.jobs[0].readiness.probes == [.line(pattern: "ready to accept connections", stream: .any)])
        #expect(plan.jobs[0].readiness.timeout == .seconds(30))
        #expect(
            plan.jobs[0].stop == [
                .signal(.int, to: .tree, wait: .seconds(5)), .signal(.term, to: .tree, wait: .seconds(5)),
            ]
        )
        #expect(plan.jobs[1].arguments == ["sh", "-ec", "./migrate up"])
        #expect(plan.jobs[2].arguments == ["sh", "-ec", "./api --port 8080"])
        #expect(
            plan.jobs[2].restart
                == RestartPolicy(condition: .onFailure, maximum: 5, backoff: .milliseconds(500))
        )
        #expect(plan.jobs[3].idleTimeout == .seconds(30))
        #expect(plan.jobs.allSatisfy { $0.environment.changes == [.init("LOG_LEVEL", "debug")] })
        #expect(plan.jobs.allSatisfy { $0.workingDirectory == "/srv/shop" })
    }

    @Test func whatIsNotSaidHasItsDefault() throws {
        #expect(
            try job("command: [ls]")
                == JobPlan(name: "a", kind: .task, arguments: ["ls"], workingDirectory: "/srv/shop")
        )
        let plan = try plan("jobs: { a: { command: ls } }")
        #expect(plan.name == "shop")
        #expect(plan.containment == .auto)
        #expect(plan.onFailure == .stop)
        #expect(plan.timeout == nil)
    }

    @Test func everythingThatCanBeSaid() throws {
        let text = try #require(Fixtures.text("Manifests/everything.yaml"))
        let files = ["/srv/shop/common.env": "A=file\nB=file\n", "/srv/shop/api.env": "B=job-file\nC=job-file\n"]
        let plan = try plan(text, host: .fake(environment: ["HOME": "/home/dev"], files: files))
        #expect(plan.containment == .cgroup)
        #expect(plan.timeout == .seconds(600))
        #expect(plan.concurrency == 2)
        #expect(plan.onFailure == .continue)
        let api = plan.jobs[1]
        #expect(api.arguments == ["bash", "-euo", "pipefail", "-c", "exec ./api | tee log"])
        #expect(api.workingDirectory == "/srv/shop/src/api")
        #expect(api.identity?.userName == "postgres")
        #expect(api.identity?.groupID == 103)
        #expect(
            api.readiness
                == Readiness(
                    probes: [
                        .http(
                            HTTPProbe(
                                url: "http://localhost:8080/health?full=1",
                                host: "127.0.0.1",
                                port: 8080,
                                target: "/health?full=1",
                                authority: "localhost:8080",
                                status: 200...299,
                                headers: [.init(name: "X-Probe", value: "pkrun")]
                            )
                        ),
                        .line(pattern: "^listening", stream: .stderr),
                        .tcp(host: "::1", port: 8080),
                        .port(8081),
                        .exec(["bash", "-euo", "pipefail", "-c", "test -f up"]),
                        .file("/srv/shop/run/api.pid"),
                        .notify(.systemd),
                        .delay(.milliseconds(100)),
                    ],
                    timeout: .seconds(20),
                    interval: .milliseconds(250),
                    retries: 20
                )
        )
        #expect(
            api.stop == [
                .command(["./api", "--drain"], wait: .seconds(3)),
                .signal(.quit, to: .main, wait: .seconds(2)),
                .signal(.term, to: .tree, wait: .seconds(10)),
            ]
        )
        #expect(
            api.restart
                == RestartPolicy(
                    condition: .always,
                    maximum: 3,
                    backoff: .seconds(2),
                    maximumBackoff: .seconds(9),
                    factor: 1.5,
                    window: .seconds(60)
                )
        )
        #expect(api.dependencies == [Dependency(JobID(0), .ready, isRequired: false, restarts: true)])
        #expect(
            api.health
                == HealthCheck(
                    probes: [.tcp(host: "127.0.0.1", port: 8080), .exec(["./check"])],
                    interval: .seconds(2),
                    timeout: .seconds(1),
                    retries: 5,
                    startPeriod: .seconds(60),
                    onFailure: .mark
                )
        )
        #expect(api.input == .inherit)
        #expect(plan.signals[.hup] == .ignore && plan.signals[.usr1] == .kill && plan.signals[.quit] == .stop)
        #expect(plan.signals[.int] == .stop && plan.signals[.winch] == .forward)
        let lint = try #require(plan.jobs.first { $0.name == "lint" })
        #expect(lint.onlyIf == .never)
        #expect(lint.input == .file("/srv/shop/sources"))
        let deploy = try #require(plan.jobs.first { $0.name == "deploy" })
        #expect(deploy.onlyIf == .command(["test", "-n", "$DEPLOY"]))
        #expect(deploy.input == .text("yes\n"))
        #expect(deploy.locks == ["cluster", "registry"])
        let triggers = RetryPolicy.Triggers(timeout: true, exitCodes: [75])
        #expect(deploy.retry == RetryPolicy(maximum: 2, delay: .seconds(3), triggers: triggers))
        #expect(plan.jobs.last?.isFinally == true)
        #expect(api.successExitCodes == [0, 3, 4])
        #expect(api.isOptional)
        #expect(api.leaks == .warn)
        #expect(
            api.log
                == LogPlan(
                    path: "/srv/shop/logs/api.log",
                    split: true,
                    rotation: LogRotation(maximumSize: 10 << 20, maximumFiles: 3),
                    display: LogDisplay(timestamps: true, prefix: "api>", color: .cyan)
                )
        )
        #expect(api.timeout == .seconds(3600))
        #expect(
            api.environment.changes == [
                .init("HOME", "/var/lib/postgresql"), .init("USER", "me"), .init("LOGNAME", "postgres"),
                .init("A", "top"), .init("B", "job-file"), .init("C", "job"), .init("D", nil),
                // The value of a secret is in no plan.
                .init("AUTH", "Bearer \0TOKEN\0 $x"),
            ]
        )
        #expect(plan.jobs[0].stop == [.signal(.int, to: .tree, wait: .seconds(7))])
        #expect(plan.jobs[0].readiness.probes == [.line(pattern: "up", stream: .any)])
    }

    @Test func aFinallyTaskBelongsToEveryRunAndIsNoGoal() throws {
        let text = "jobs: { a: { command: ls }, b: { command: ls }, clean: { command: ls, finally: true } }"
        #expect(try plan(text).goals == [JobID(0), JobID(1)])
        let selected = try plan(text, Selection(jobs: ["b"]))
        #expect(selected.jobs.map(\.name) == ["b", "clean"])
        #expect(selected.goals == [JobID(0)])
    }

    @Test func whatDefaultsSayAboutTasksIsNotForServices() throws {
        let plan = try plan(
            """
            defaults: { retry: 2, locks: [db] }
            jobs: { a: { command: ls }, b: { command: ls, kind: service }, c: { command: ls, restart: on-failure } }
            """
        )
        #expect(plan.jobs.map(\.retry.maximum) == [2, 0, 0])
        #expect(plan.jobs.map(\.locks) == [["db"], [], ["db"]])
    }

    @Test(arguments: [
        ("${A} == 1", true), ("${A} != 1", false), ("${A}==2", false), ("'${A}' == \"1\"", true), ("${A}", true),
        ("${NONE:-}", false), ("${NONE:-} == ''", true), ("No", false), ("0", false), ("main", true),
    ])
    func aComparisonDecidesWhetherAJobRuns(comparison: String, holds: Bool) throws {
        let text = "jobs:\n  a:\n    command: ls\n    if: >-\n      \(comparison)\n"
        let host = Host.fake(environment: ["A": "1"])
        let planning = Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv/shop", host: host)
        #expect(try planning.outcome.get().jobs[0].onlyIf == (holds ? nil : .never))
    }

    @Test func healthElsewhereIsHealthWhereThatIsLookedAt() throws {
        let plan = try plan(
            """
            jobs:
              a: { command: ls, ready: { tcp: 1 }, health: { tcp: 1 } }
              b: { command: ls, ready: { tcp: 2 } }
              c: { command: ls, depends_on: { a: service_healthy, b: service_healthy } }
              d: { command: ls, depends_on: { a: healthy } }
            """
        )
        #expect(plan.jobs[2].dependencies.map(\.condition) == [.healthy, .ready])
        #expect(plan.jobs[3].dependencies.map(\.condition) == [.healthy])
    }

    @Test func defaultsLieUnderEveryJob() throws {
        let plan = try plan(
            """
            defaults: { timeout: 5s, env: { A: 1, B: 1 }, depends_on: [setup], user: dev }
            jobs:
              setup: { command: ls }
              a: { command: ls }
              b: { command: ls, timeout: 9s, env: { B: 2 }, depends_on: [], user: "" }
            """
        )
        #expect(plan.jobs.map(\.timeout) == [.seconds(5), .seconds(5), .seconds(9)])
        #expect(plan.jobs.map(\.dependencies) == [[], [Dependency(JobID(0), .succeeded)], []])
        #expect(plan.jobs.map { $0.identity?.userName } == ["dev", "dev", nil])
        #expect(plan.jobs[2].environment.changes == [.init("A", "1"), .init("B", "2")])
    }

    @Test(
        arguments: [
            ("started", .started), ("service_started", .started), ("process_started", .started),
            ("ready", .ready), ("service_healthy", .ready), ("process_healthy", .ready), ("process_log_ready", .ready),
            ("completed", .completed), ("process_completed", .completed), ("failed", .failed),
        ] as [(String, DependencyCondition)]
    )
    func conditionsOfOtherDialects(spelling: String, condition: DependencyCondition) throws {
        for value in [spelling, "{ condition: \(spelling) }"] {
            let text = "jobs: { db: { command: x, ready_log_line: up }, a: { command: x, needs: { db: \(value) } } }"
            #expect(try plan(text).jobs[1].dependencies == [Dependency(JobID(0), condition)])
        }
    }

    @Test func selectedJobsBringWhatTheyNeed() throws {
        let text = """
            jobs:
              other: { command: x, user: nobody-here, env_file: missing.env }
              db: { command: x, kind: service }
              api: { command: x, depends_on: [db] }
              web: { command: x, depends_on: [api] }
            """
        let plan = try plan(text, Selection(jobs: ["api", "api"], keepGoing: true))
        #expect(plan.jobs.map(\.name) == ["db", "api"])
        #expect(plan.goals == [JobID(1)])
        #expect(plan.onFailure == .continue)
        #expect(planning(text).diagnostics.map(\.code) == [.unknownUser, .unreadableFile])
    }

    @Test func aJobThatIsNotThereIsTheCommandLinesFault() {
        let planning = planning("jobs: { api: { command: x } }", Selection(jobs: ["ap1", "api"]))
        #expect(planning.outcome == .failure(.unknownJobs))
        #expect(
            DiagnosticRenderer().render(planning.diagnostics)
                == "error: jobs.yaml has no job 'ap1'; did you mean 'api'?\n"
        )
    }

    @Test func aUserSetsTheEnvironmentUnlessTheManifestDoes() throws {
        #expect(
            try job("command: x, user: postgres, env: { HOME: /data, USER: }").environment.changes == [
                .init("HOME", "/data"), .init("USER", nil), .init("LOGNAME", "postgres"),
            ]
        )
    }

    @Test func withoutRootOnesOwnNameIsFine() throws {
        let job = try job("command: x, user: dev, group: dev", host: .fake(effectiveUserID: 1000))
        #expect(job.identity == nil)
        #expect(job.environment.changes.first == .init("HOME", "/home/dev"))
    }

    @Test(arguments: ["user: '${DB_USER:-}'", "user: ", "user: ' '", "group: ''"])
    func aBlankUserIsNone(text: String) throws {
        let job = try job("command: x, \(text)", host: .fake(effectiveUserID: 1000))
        #expect(job.identity == nil)
        #expect(job.environment.changes.isEmpty)
    }

    @Test(
        arguments: [
            ("5432", "127.0.0.1", 5432), ("localhost:80", "127.0.0.1", 80), ("10.0.0.1:1", "10.0.0.1", 1),
            ("[::1]:65535", "::1", 65535), ("[fe80::1:2]:9", "fe80::1:2", 9),
            ("[1:2:3:4:5:6:7:8]:9", "1:2:3:4:5:6:7:8", 9),
        ] as [(String, String, UInt16)]
    )
    func addresses(text: String, host: String, port: UInt16) throws {
        #expect(try job("command: x, ready: { tcp: '\(text)' }").readiness.probes == [.tcp(host: host, port: port)])
    }

    @Test(arguments: [
        "0", "65536", "-1", "db:5432", "1.2.3:80", "1.2.3.256:80", "1.2.3.4", "[::1]", "[:::]:80", "[1::2::3]:80",
        "[12345::]:80", "[1:2:3:4:5:6:7]:80", "::1", "localhost:", ":80", "+80", "8 0", "٣",
    ])
    func addressesThatAreNone(text: String) {
        let planning = planning("jobs: { a: { command: x, ready: { tcp: '\(text)' } } }")
        #expect(planning.diagnostics.map(\.code) == [.invalidAddress])
    }

    @Test(
        arguments: [
            ("http://127.0.0.1", 80, "/", "127.0.0.1"),
            ("http://localhost:3000/a?b=c#d", 3000, "/a?b=c", "localhost:3000"),
            ("HTTP://[::1]:8080?x", 8080, "/?x", "[::1]:8080"),
        ] as [(String, UInt16, String, String)]
    )
    func urls(url: String, port: UInt16, target: String, authority: String) throws {
        guard case .http(let probe) = try job("command: x, ready: { http: '\(url)' }").readiness.probes.first else {
            Issue.record("no probe")
            return
        }
        #expect(probe.port == port)
        #expect(probe.target == target)
        #expect(probe.authority == authority)
        #expect(probe.status == 200...399)
    }

    @Test func everyProblemOfEveryStageIsTold() {
        let planning = planning(
            "jobs: { a: { comand: x, depends_on: [b] }, b: { command: '${U}', stop_signal: NO, depends_on: [a] } }"
        )
        #expect(
            Set(planning.diagnostics.map(\.code)) == [.unknownKey, .unsetVariable, .invalidSignal, .dependencyCycle]
        )
        #expect(planning.outcome == .failure(.invalidManifest))
    }
}
