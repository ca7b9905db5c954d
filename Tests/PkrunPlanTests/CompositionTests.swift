import PkrunDiagnostics
import PkrunManifest
import PkrunPlan
import PkrunTestSupport
import Testing

/// Manifests made of several pieces: files, extensions, copies, profiles.
@Suite struct CompositionTests {
    private func planning(
        _ texts: [String],
        files: [String: String] = [:],
        environment: [String: String] = [:],
        _ selection: Selection = Selection()
    ) -> Planning {
        let names = ["jobs.yaml", "local.yaml", "more.yaml"]
        return Planner.plan(
            zip(names, texts).map { ManifestSource(Array($1.utf8), path: "shop/\($0)", directory: "/srv/shop") },
            selection: selection,
            host: .fake(environment: environment, files: files)
        )
    }

    private func plan(
        _ texts: String...,
        files: [String: String] = [:],
        environment: [String: String] = [:],
        selection: Selection = Selection()
    ) throws -> Plan {
        let planning = planning(texts, files: files, environment: environment, selection)
        #expect(DiagnosticRenderer().render(planning.diagnostics) == "")
        let plan = try planning.outcome.get()
        if selection == Selection() { try expectStable(plan) }
        return plan
    }

    /// The config of a config is the config, whatever the plan was made of.
    private func expectStable(_ plan: Plan) throws {
        let text = PlanRenderer.render(plan)
        let source = ManifestSource(Array(text.utf8), path: "config.yaml", directory: "/srv/shop")
        let again = try Planner.plan([source], host: .fake()).outcome.get()
        #expect(again == plan)
    }

    private func variable(_ name: String, of job: JobPlan) -> String? {
        job.environment.changes.first { $0.name == name }?.value
    }

    // MARK: Variables

    @Test func varsAreSeenByExpressionsAlone() throws {
        let plan = try plan(
            """
            vars: { PORT: 8080, URL: "http://localhost:${PORT}", HOST: "${HOST:-none}" }
            jobs: { a: { command: [x, "${URL}", "${HOST}"] } }
            """,
            environment: ["PORT": "1", "HOST": "box"]
        )
        #expect(plan.jobs[0].arguments == ["x", "http://localhost:8080", "box"])
        #expect(plan.jobs[0].environment.changes == [])
    }

    // MARK: Extensions

    @Test func anExtensionLiesUnderTheJob() throws {
        let plan = try plan(
            """
            jobs:
              base: { command: ./base, env: { A: base, B: base }, working_dir: src, timeout: 1m, disabled: true }
              web: { extends: base, command: ./web, env: { B: web } }
              admin: { extends: web, run: ./admin, cwd: admin }
            """
        )
        #expect(plan.jobs.map(\.name) == ["web", "admin"])
        #expect(plan.jobs[0].workingDirectory == "/srv/shop/src")
        #expect(plan.jobs[0].timeout == .seconds(60))
        #expect(variable("A", of: plan.jobs[0]) == "base")
        #expect(variable("B", of: plan.jobs[0]) == "web")
        #expect(plan.jobs[1].arguments == ["sh", "-ec", "./admin"])
        #expect(plan.jobs[1].workingDirectory == "/srv/shop/admin")
        #expect(variable("B", of: plan.jobs[1]) == "web")
    }

    @Test func anExtensionFromAnotherFileKeepsItsPathsAndVars() throws {
        let plan = try plan(
            "jobs: { web: { extends: { file: ../base/jobs.yaml, job: web }, env: { A: here } } }",
            files: [
                "/srv/base/jobs.yaml": """
                vars: { MODE: quick }
                jobs:
                  root: { command: "./run ${MODE}", working_dir: . }
                  web: { extends: root, env_file: web.env }
                """,
                "/srv/base/web.env": "A=file\nB=file\n",
            ]
        )
        #expect(plan.jobs[0].workingDirectory == "/srv/base")
        #expect(plan.jobs[0].arguments == ["sh", "-ec", "./run quick"])
        #expect(variable("A", of: plan.jobs[0]) == "here")
        #expect(variable("B", of: plan.jobs[0]) == "file")
    }

    @Test func anExtensionHandsDownWhatTasksHave() throws {
        let plan = try plan(
            """
            jobs:
              base: { command: ./base, locks: [db], retry: 2, finally: true, disabled: true }
              clean: { extends: base, command: ./clean }
              again: { extends: base, restart: on-failure, locks: [] }
              early: { extends: base, finally: false }
            """
        )
        #expect(plan.jobs.map(\.isFinally) == [true, true, false])
        #expect(plan.jobs.map(\.locks) == [["db"], [], ["db"]])
        #expect(plan.jobs.map(\.retry.maximum) == [2, 0, 2])
        #expect(plan.jobs.map(\.restart.condition) == [.no, .onFailure, .no])
    }

    // MARK: Files

    @Test func whatIncludedDefaultsSayAboutTasksIsNotForServices() throws {
        let plan = try plan(
            "include: [db/jobs.yaml]",
            files: [
                "/srv/shop/db/jobs.yaml": """
                defaults: { locks: [disk], retry: 1, depends_on: [init] }
                jobs:
                  init: { command: ./init }
                  db: { command: postgres, ready: { file: run/db.pid } }
                  clean: { command: ./clean, finally: true }
                """
            ]
        )
        #expect(plan.jobs.map(\.locks) == [["disk"], [], ["disk"]])
        #expect(plan.jobs.map(\.retry.maximum) == [1, 0, 1])
        #expect(plan.jobs[1].readiness.probes == [.file("/srv/shop/db/run/db.pid")])
        #expect(plan.jobs.map { $0.dependencies.map(\.job) } == [[], [JobID(0)], []])
    }

    @Test func includedJobsKeepTheirDirectoryAndEnvironment() throws {
        let plan = try plan(
            """
            include: [db/jobs.yaml, cache.yaml]
            env: { LEVEL: root, KEPT: root }
            jobs: { web: { command: ./web, depends_on: [db, cache] } }
            """,
            files: [
                "/srv/shop/db/jobs.yaml": """
                name: ignored
                include: ../cache.yaml
                timeout: 5m
                env: { LEVEL: db }
                defaults: { optional: false, leaks: warn }
                jobs: { db: { command: postgres, ready: { tcp: 5432 }, log: db.log } }
                """,
                "/srv/shop/cache.yaml": "jobs: { cache: { command: redis-server, ready: { tcp: 6379 } } }",
            ]
        )
        #expect(plan.name == "shop")
        #expect(plan.timeout == .seconds(300))
        #expect(plan.jobs.map(\.name) == ["web", "db", "cache"])
        #expect(plan.jobs.map(\.workingDirectory) == ["/srv/shop", "/srv/shop/db", "/srv/shop"])
        #expect(plan.jobs[1].log.path == "/srv/shop/db/db.log")
        #expect(plan.jobs.map(\.leaks) == [.kill, .warn, .kill])
        #expect(plan.jobs.map { variable("LEVEL", of: $0) } == ["root", "db", "db"])
        #expect(variable("KEPT", of: plan.jobs[1]) == "root")
    }

    @Test func whatIsWrongInAnIncludedFileTellsTheWayThere() {
        let planning = planning(
            ["include: [a.yaml]\njobs: { web: { command: ./web } }\n"],
            files: [
                "/srv/shop/a.yaml": "include: [b.yaml]\n",
                "/srv/shop/b.yaml": "jobs: { b: { comand: ./b } }\n",
            ]
        )
        #expect(
            DiagnosticRenderer().render(planning.diagnostics) == """
                shop/b.yaml:1:14: error: unknown key 'comand' in job 'b'
                    1 | jobs: { b: { comand: ./b } }
                      |              ^~~~~~ did you mean 'command'?
                shop/a.yaml:1:11: note: brought in from here
                    1 | include: [b.yaml]
                      |           ^~~~~~
                shop/jobs.yaml:1:11: note: brought in from here
                    1 | include: [a.yaml]
                      |           ^~~~~~

                """
        )
    }

    @Test func laterFilesOverrideEarlierOnesKeyByKey() throws {
        let plan = try plan(
            """
            timeout: 1h
            jobs:
              web: { command: ./web, env: { A: "1", B: "1" }, ready: { tcp: 80 }, replicas: 2 }
              test: { command: ./test, depends_on: [web] }
            """,
            """
            timeout: 2h
            env: { TOP: local }
            jobs:
              web: { run: ./web --debug, environment: { B: "2" }, replicas: 1 }
              extra: { command: ./extra }
            """
        )
        #expect(plan.timeout == .seconds(7200))
        #expect(plan.jobs.map(\.name) == ["web.1", "test", "extra"])
        #expect(plan.jobs[0].arguments == ["sh", "-ec", "./web --debug"])
        #expect(variable("A", of: plan.jobs[0]) == "1")
        #expect(variable("B", of: plan.jobs[0]) == "2")
        #expect(plan.jobs[0].readiness.probes == [.tcp(host: "127.0.0.1", port: 80)])
        #expect(plan.jobs.allSatisfy { variable("TOP", of: $0) == "local" })
    }

    // MARK: Copies

    @Test func replicasAreNumberedAndAllAreMeantByTheName() throws {
        let plan = try plan(
            """
            jobs:
              web: { command: "./web 808${PKRUN_REPLICA}", ready: { tcp: "808${PKRUN_REPLICA}" }, replicas: 3 }
              test: { command: ./test, depends_on: [web] }
              one: { command: ./one, depends_on: { web.2: started } }
            """
        )
        #expect(plan.jobs.map(\.name) == ["web.1", "web.2", "web.3", "test", "one"])
        #expect(plan.jobs[1].arguments == ["sh", "-ec", "./web 8082"])
        #expect(variable("PKRUN_REPLICA", of: plan.jobs[2]) == "3")
        #expect(plan.jobs[3].dependencies.map(\.job) == [JobID(0), JobID(1), JobID(2)])
        #expect(plan.jobs[4].dependencies == [Dependency(JobID(1), .started)])
    }

    @Test func aMatrixIsEveryCombination() throws {
        let plan = try plan(
            """
            jobs:
              test:
                matrix: { python: ["3.12", "3.13"], db: [pg 17, sqlite] }
                command: [tox, -e, "${python}", "${db}"]
            """
        )
        #expect(
            plan.jobs.map(\.name) == ["test.3.12-pg_17", "test.3.12-sqlite", "test.3.13-pg_17", "test.3.13-sqlite"]
        )
        #expect(plan.jobs[2].arguments == ["tox", "-e", "3.13", "pg 17"])
        #expect(variable("db", of: plan.jobs[1]) == "sqlite")
    }

    @Test func copiesHaveTheirOwnLocksAndShareWhatIsSaidOfTheDependency() throws {
        let plan = try plan(
            """
            jobs:
              db: { command: ./db, kind: service, replicas: 2 }
              test:
                matrix: { db: [a, b] }
                command: ./test
                locks: ["db-${db}"]
                depends_on: { db: { required: false, restart: true } }
            """
        )
        #expect(plan.jobs[2...].map(\.locks) == [["db-a"], ["db-b"]])
        let dependencies = [0, 1].map { Dependency(JobID($0), .ready, isRequired: false, restarts: true) }
        #expect(plan.jobs[2...].allSatisfy { $0.dependencies == dependencies })
    }

    @Test func theNameOfAllCopiesChoosesAll() throws {
        let text = "jobs: { web: { command: ./web, replicas: 2 }, other: { command: ./other } }"
        #expect(try plan(text, selection: Selection(jobs: ["web"])).jobs.map(\.name) == ["web.1", "web.2"])
        #expect(try plan(text, selection: Selection(jobs: ["web.2"])).jobs.map(\.name) == ["web.2"])
    }

    // MARK: Selection

    private static let profiled = """
        jobs:
          web: { command: ./web, depends_on: [db] }
          db: { command: ./db, profiles: [storage] }
          debug: { command: ./debug, profiles: [debug, all], depends_on: [web] }
          old: { command: ./old, disabled: true }
        """

    @Test(arguments: [
        (Selection(), ["web", "db"]),
        (Selection(profiles: ["all"]), ["web", "db", "debug"]),
        (Selection(jobs: ["old"]), ["old"]),
        (Selection(jobs: ["debug"]), ["web", "db", "debug"]),
    ])
    func profilesAndDisabledJobsDecideWhatRuns(selection: Selection, names: [String]) throws {
        let plan = try plan(Self.profiled, selection: selection)
        #expect(plan.jobs.map(\.name) == names)
        #expect(plan.goals.count == 1)
    }

    @Test func aFinallyTaskIsLeftOutAsAnyOther() throws {
        let text = """
            jobs:
              a: { command: ./a }
              clean: { command: ./clean, finally: true }
              upload: { command: ./upload, finally: true, profiles: [ci] }
              old: { command: ./old, finally: true, disabled: true }
            """
        for names in [[], ["a"]] {
            let local = try plan(text, selection: Selection(jobs: names))
            #expect(local.jobs.map(\.name) == ["a", "clean"])
            let remote = try plan(text, selection: Selection(jobs: names, profiles: ["ci"]))
            #expect(remote.jobs.map(\.name) == ["a", "clean", "upload"])
            #expect(local.goals == [JobID(0)] && remote.goals == [JobID(0)])
        }
    }

    @Test func anUnknownProfileIsRefused() {
        let planning = planning([Self.profiled], Selection(profiles: ["debgu"]))
        #expect(planning.diagnostics.map(\.code) == [.unknownProfile])
        #expect(planning.diagnostics.first?.hint == "did you mean 'debug'?")
        #expect(throws: PlanningFailure.unknownJobs) { try planning.outcome.get() }
    }

    // MARK: The rest

    @Test func descriptionLabelsAndAnEmptyEnvironmentAreInThePlan() throws {
        let job = try plan(
            """
            defaults: { labels: { team: core, tier: "1" } }
            jobs: { a: { command: x, description: "does x", labels: { tier: 2 }, clear_env: true, env: { A: b } } }
            """
        ).jobs[0]
        #expect(job.description == "does x")
        #expect(job.labels == ["team": "core", "tier": "2"])
        #expect(job.environment.startsEmpty)
    }
}
