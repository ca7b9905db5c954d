import PkrunDiagnostics
import PkrunManifest
import PkrunPlan
import PkrunTestSupport
import Testing

/// What projects of process-compose come to, key by key.
@Suite struct ProcessComposeTests {
    private func plan(_ text: String, files: [String: String] = [:]) throws -> Plan {
        let host = Host.fake(environment: ["HOME": "/home/dev", "YES": "true"], files: files)
        let planning = Planner.plan(Array(text.utf8), path: "process-compose.yaml", directory: "/srv", host: host)
        let errors = planning.diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(DiagnosticRenderer().render(errors))")
        return try planning.outcome.get()
    }

    @Test func aProjectLiesOverThoseThatItExtends() throws {
        let plan = try plan(
            """
            extends: base/process-compose.yaml
            environment: [B=top]
            processes:
              web: { command: ./web --debug, environment: [A=1], depends_on: { db: {} } }
              extra: { command: ./extra }
            """,
            files: [
                "/srv/base/process-compose.yaml": """
                extends: ../first.yaml
                environment: [A=base, B=base]
                processes:
                  web: { command: ./web, environment: [A=0, C=2], depends_on: { cache: {} } }
                  cache: { command: ./cache, working_dir: run }
                """,
                "/srv/first.yaml": "processes: { db: { command: ./db, disabled: true, is_disabled: 'false' } }",
            ]
        )
        #expect(plan.jobs.map(\.name) == ["db", "web", "cache", "extra"])
        #expect(plan.jobs.map(\.workingDirectory) == ["/srv", "/srv/base", "/srv/base/run", "/srv"])
        let web = plan.jobs[1]
        #expect(web.arguments == ["bash", "-c", "./web --debug"])
        #expect(web.dependencies.map { plan.jobs[$0.job.index].name } == ["cache", "db"])
        let variables = Dictionary(web.environment.changes.map { ($0.name, $0.value) }) { $1 }
        #expect(variables["A"] == "1")
        #expect(variables["B"] == "top")
        #expect(variables["C"] == "2")
    }

    @Test(arguments: ["process-compose.yaml", "other.yaml", "missing.yaml"])
    func whatCannotBeExtendedIsTold(path: String) {
        let host = Host.fake(files: [
            "/srv/process-compose.yaml": "extends: other.yaml", "/srv/other.yaml": "extends: process-compose.yaml",
        ])
        let text = "extends: \(path)\nprocesses: { a: { command: x } }\n"
        let planning = Planner.plan(Array(text.utf8), path: "process-compose.yaml", directory: "/srv", host: host)
        #expect(planning.diagnostics.count == 1)
        #expect(planning.diagnostics.first?.severity == .error)
    }

    @Test func aProcessExtendsAnother() throws {
        let plan = try plan(
            "processes: { a: { command: x, is_daemon: true, environment: [A=1] }, b: { extends: a, description: d } }"
        )
        #expect(plan.jobs[1].kind == .service)
        #expect(plan.jobs[1].environment.changes.contains(EnvironmentOverlay.Change("A", "1")))
        #expect(plan.jobs[1].environment.changes.contains(EnvironmentOverlay.Change("PC_PROC_NAME", "b")))
    }

    @Test func watchedDirectoriesBecomePatterns() throws {
        let plan = try plan(
            """
            processes:
              assets:
                command: make
                working_dir: web
                watch:
                  cascade: true
                  disable_default_excludes: true
                  paths:
                    - { path: ./src, include: ["*.scss", "deep/*.css"], exclude: [testdata] }
                    - path: /etc/theme
              api: { command: ./api, depends_on: { assets: { condition: process_completed_successfully } } }
              page: { command: ./page, depends_on: { api: {} }, watch: { paths: [{ path: . }] } }
              aside: { command: ./aside, depends_on: { page: {} } }
            """
        )
        let watch = try #require(plan.jobs[0].watch)
        #expect(watch.paths == ["/srv/web/src/**/*.scss", "/srv/web/src/deep/*.css", "/etc/theme"])
        #expect(watch.ignoredPaths == ["/srv/web/src/**/testdata"])
        #expect(watch.debounce == .milliseconds(300))
        #expect(plan.jobs.dropFirst().map { $0.dependencies.map(\.restarts) } == [[true], [true], [true]])
        let page = try #require(plan.jobs[2].watch)
        #expect(page.paths == ["/srv"])
        #expect(page.ignoredPaths.contains("/srv/**/node_modules"))
    }

    @Test func processesForALaterTimeWaitUntilTheyAreNamed() throws {
        let plan = try plan(
            """
            processes:
              now: { command: x, schedule: { interval: 1h, run_on_start: true } }
              late: { command: x, schedule: { cron: "0 2 * * *" } }
              editor: { command: x, is_foreground: true }
              tool: { command: x, mcp: { type: tool } }
              off: { command: x, is_disabled: "${YES}" }
              on: { command: x, disabled: true, is_disabled: "false" }
            """
        )
        #expect(plan.jobs.map(\.name) == ["now", "on"])
    }

    @Test func ofTwoCommandsTheScriptCounts() throws {
        let plan = try plan("processes: { a: { command: x, entrypoint: [y] } }")
        #expect(plan.jobs[0].arguments == ["bash", "-c", "x"])
    }

    @Test func whatNobodyWritesIsStarted() throws {
        let plan = try plan("processes: { a: { command: x }, b: { command: x, depends_on: { a: {} } } }")
        #expect(plan.jobs[1].dependencies.map(\.condition) == [.started])
    }

    @Test func replicasAreCountedFromZero() throws {
        let plan = try plan(
            "processes: { a: { command: 'x 404{{.PC_REPLICA_NUM}}', replicas: 2 }, b: { command: 'x {{.PC_REPLICA_NUM}}' } }"
        )
        #expect(plan.jobs.map(\.arguments.last) == ["x 4040", "x 4041", "x 0"])
        #expect(plan.jobs[1].environment.changes.contains(EnvironmentOverlay.Change("PC_REPLICA_NUM", "1")))
    }

    @Test(arguments: [
        ("a.log", ["/srv/a.log.0", "/srv/a.log.1"]), ("a{PC_REPLICA_NUM}.log", ["/srv/a0.log", "/srv/a1.log"]),
        ("a{{.PC_REPLICA_NUM}}.log", ["/srv/a0.log", "/srv/a1.log"]),
    ])
    func everyReplicaHasItsLog(location: String, paths: [String]) throws {
        let plan = try plan("processes: { a: { command: x, replicas: 2, log_location: '\(location)' } }")
        #expect(plan.jobs.map(\.log.path) == paths)
    }

    @Test func valuesAreReadAfterTheirVariables() throws {
        let plan = try plan(
            """
            processes:
              a: { command: x, availability: { restart: "${POLICY:-on_failure}" }, is_daemon: "${NO:-false}" }
            """
        )
        #expect(plan.jobs[0].restart.condition == .onFailure)
        #expect(plan.jobs[0].kind == .task)
    }

    @Test(arguments: [
        ("{{.A}}-{{ .B }}", "one-"), ("{{ \"{{.A}}\" }}", "{{.A}}"), ("{{or .B .A}}", "one"),
        ("{{and .A .NO}}", "false"), ("{{if .A}}yes{{else}}no{{end}}!", "yes!"), ("{{if .B}}yes{{end}}!", "!"),
        ("{{if .NO}}1{{else if .A}}2{{else}}3{{end}}", "2"), ("{{if not .A}}x{{if .A}}y{{end}}{{end}}z", "z"),
        ("a {{- .A -}} b", "aoneb"), ("{{if .A", "{{if .A"), ("{{end}}", "{{end}}"), ("{{range .A}}", "{{range .A}}"),
        ("{{.HOME}}", "/home/dev"),
    ])
    func templatesAreFilledIn(template: String, expected: String) throws {
        let vars = "{ A: one, B: '', NO: false, HOME: $HOME }"
        let plan = try plan("vars: \(vars)\nprocesses:\n  a:\n    entrypoint: ['\(template)', x]\n")
        #expect(plan.jobs[0].arguments.first == expected)
    }
}
