import PkrunTestSupport
import Testing

/// Manifests of other tools, run as they are.
@Suite struct DialectRunTests {
    @Test func `a project of process-compose runs, and its daemon is shut down by its command`() throws {
        let scenario = try Scenario()
        try scenario.write(
            "process-compose.yaml",
            """
            vars: { WORD: hello }
            processes:
              stack:
                command: echo up >> order
                is_daemon: true
                shutdown: { command: echo "it's" down >> order, timeout_seconds: 60 }
                readiness_probe: { exec: { command: test -f order }, period_seconds: 1 }
              greet:
                command: 'word={{.WORD}}; echo "$word ${word} $$$" >> order'
                depends_on: { stack: { condition: process_healthy } }
              fails: { command: "false; echo went on >> other" }
            """
        )
        let result = try scenario.run(["process-compose.yaml"])
        #expect(result.exitCode == 0, "\(result.errors)")
        let lines = try scenario.text("order").split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first == "up")
        #expect(lines.dropFirst().first?.hasPrefix("hello hello ") == true)
        #expect(lines.last == "it's down")
        #expect(try scenario.text("other") == "went on\n")
    }

    @Test(arguments: [("true", 0), ("exit 3", 1)])
    func `a process that is to end its project does`(command: String, exitCode: Int32) throws {
        let scenario = try Scenario()
        try scenario.write(
            "process-compose.yaml",
            """
            processes:
              stays: { command: echo up > up; sleep 1000 }
              tests:
                command: while ! test -s up; do :; done; \(command)
                availability: { exit_on_end: true }
            """
        )
        let result = try scenario.run(["process-compose.yaml"])
        #expect(result.exitCode == exitCode, "\(result.errors)")
        #expect(result.output.contains("stopping: tests \(exitCode == 0 ? "has ended" : "failed")"), "\(result.output)")
    }

    @Test func `a Procfile runs with its environment file, and ends with its first process`() throws {
        let scenario = try Scenario()
        try scenario.write(
            "Procfile",
            "web: echo $PORT $TOKEN > web; sleep 1000\nworker: while ! test -s web; do :; done\n"
        )
        try scenario.write(".env", "TOKEN=secret\nPORT=7000\n")
        let result = try scenario.run(["Procfile"])
        #expect(result.exitCode == 1)
        #expect(try scenario.text("web") == "7000 secret\n")
    }

    @Test func `a Procfile runs in the formation that the user wants`() throws {
        let scenario = try Scenario()
        let web = "web: echo $PORT $PS > $PS; while ! test -s web.1 || ! test -s web.2; do :; done"
        try scenario.write("Procfile", "\(web)\nworker: echo never > worker\n")
        let result = try scenario.run(["Procfile", "--scale", "web=2,worker=0"])
        #expect(result.exitCode == 1)
        #expect(try scenario.text("web.1") == "5000 web.1\n")
        #expect(try scenario.text("web.2") == "5001 web.2\n")
        #expect((try? scenario.text("worker")) == nil)
        #expect(try scenario.run(["Procfile", "--scale", "web=x"]).exitCode == 64)
        let unknown = try scenario.run(["Procfile", "--scale", "wbe=2"])
        #expect(unknown.exitCode == 64)
        #expect(unknown.errors.contains("did you mean 'web'?"), "\(unknown.errors)")
    }

    @Test func `import prints a manifest that runs`() throws {
        let scenario = try Scenario()
        try scenario.write("process-compose.yaml", "processes: { a: { command: \"echo $HOME\\necho two > two\" } }\n")
        let imported = try scenario.run(["import", "process-compose.yaml"])
        #expect(imported.exitCode == 0)
        #expect(imported.output.contains("command: |-\n      echo $$HOME\n"), "\(imported.output)")
        try scenario.write("other.yaml", "jobs: { a: { command: x } }\n")
        #expect(try scenario.run(["import", "other.yaml"]).exitCode == 64)
        try scenario.write("jobs.yaml", imported.output)
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        #expect(try scenario.text("two") == "two\n")
    }
}
