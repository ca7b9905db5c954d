import PkrunDiagnostics
import PkrunManifest
import PkrunPlan
import PkrunTestSupport
import Testing

/// Manifests of other tools in our own language.
@Suite struct ImportTests {
    private let host = Host.fake(files: ["/srv/base.yaml": "processes: { base: { command: x } }", "/srv/.env": "A=b"])

    private func imported(_ text: String, named name: String = "process-compose.yaml") throws -> String {
        var log = DiagnosticLog()
        let node = ManifestLoader.convert(
            ManifestSource(Array(text.utf8), path: name, directory: "/srv"),
            environment: host.environment,
            readFile: host.readFile,
            log: &log
        )
        return NodeRenderer.render(try #require(node))
    }

    private func plan(_ text: String, named name: String) throws -> Plan {
        let planning = Planner.plan(Array(text.utf8), path: name, directory: "/srv", host: host)
        let errors = planning.diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(DiagnosticRenderer().render(errors)) in\n\(text)")
        return try planning.outcome.get()
    }

    @Test func everyKeyMeansTheSameAfterwards() throws {
        let projects =
            ProcessComposeKeyTests.project.map { "\($0.key)\nprocesses: { a: { command: x } }\n" }
            + ProcessComposeKeyTests.process.map { key, _ in
                let command = key.hasPrefix("entrypoint") ? "" : "    command: x\n"
                return "processes:\n  a:\n\(command)    \(key)\n  b: { command: x }\n"
            }
        for text in projects {
            let direct = try plan(text, named: "process-compose.yaml")
            #expect(try plan(imported(text), named: "jobs.yaml") == direct, "\(text)")
        }
    }

    @Test func commentsStayWithWhatTheySay() throws {
        let text = """
            # The shop.

            # Version of what?
            version: "0.5"
            processes:
              # Tables.
              # Many.
              db:
                command: |
                  # no comment
                  ./db "#no"  # neither
                environment:
                  - A=1  # one
                  # two
                  - B=#2
                # Not carried out.
                launch_timeout_seconds: 3
              web: { command: "./web #1" } # In front.
            # The end.
            """
        #expect(
            try imported(text) == """
                # The shop.

                # Version of what?

                jobs:
                  # Tables.
                  # Many.
                  db:
                    kind: task
                    command: |
                      # no comment
                      ./db "#no"  # neither
                    env_file:
                      - path: ".env"
                        required: false
                    env:
                      PC_PROC_NAME: db
                      PC_REPLICA_NUM: "${PKRUN_REPLICA_INDEX-0}"
                      # one
                      A: "1"
                      # two
                      B: "#2"
                  # In front.
                  web:
                    kind: task
                    command: "./web #1"
                    env_file:
                      - path: ".env"
                        required: false
                    env:
                      PC_PROC_NAME: web
                      PC_REPLICA_NUM: "${PKRUN_REPLICA_INDEX-0}"
                defaults:
                  shell: [bash, -c]
                on_failure: continue
                # The end.

                """
        )
    }

    @Test func commentsOfAProcfileAreLines() throws {
        let text = try imported("# All.\n\n# Pages.\nweb: ./web # no comment\n", named: "Procfile")
        #expect(text.hasPrefix("# All.\n\n"))
        #expect(text.contains("  # Pages.\n  web:\n    command: \"./web # no comment\"\n"))
    }
}
