import PkrunTestSupport
import Testing

/// `pkrun run JOB`: in the foreground, with what it needs behind it.
@Suite struct RunJobTests {
    private static let manifest = """
        jobs:
          server: { command: "echo up; exec sleep 1000", ready: { line: up } }
          client: { command: "echo from the client; exit 7", depends_on: [server] }
          words: { command: [printf, "<%s>"] }
          script: { command: "printf '<%s>' \\"$$@\\"" }
          echo: { command: [cat] }
          dies: { command: "kill -9 $$$$" }
          slow: { command: sleep 1000, timeout: 50ms }
          odd: { command: exit 3, success_exit_codes: [3] }
        """

    @Test func `its output is shown as it is, its code is pkrun's, and nothing stays`() throws {
        let scenario = try Scenario(Self.manifest)
        let result = try scenario.run(["run", "client"])
        #expect(result.output == "from the client\n")
        #expect(result.exitCode == 7)
        #expect(scenario.processes().isEmpty)
        #expect(try scenario.log("server") == "up\n")
    }

    @Test func `words after -- are added to the command`() throws {
        let scenario = try Scenario(Self.manifest)
        #expect(try scenario.run(["run", "words", "--", "a b", "-c"]).output == "<a b><-c>")
        #expect(try scenario.run(["run", "script", "--", "a b", "-c"]).output == "<a b><-c>")
    }

    @Test(arguments: [("dies", Int32(137)), ("odd", 3), ("slow", 1)])
    func `a job's end is pkrun's exit code`(job: String, code: Int32) throws {
        #expect(try Scenario(Self.manifest).run(["run", job]).exitCode == code)
    }

    @Test(arguments: [["jobs.yaml", "odd"], ["-f", "jobs.yaml", "odd"], ["-q", "jobs.yaml", "odd"], ["up", "odd"]])
    func `a job is named after the manifest, wherever that is named`(arguments: [String]) throws {
        let result = try Scenario(Self.manifest).run(arguments)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output.contains("1 job,"))
    }

    @Test func `another job's code can be chosen`() throws {
        let scenario = try Scenario(Self.manifest)
        #expect(try scenario.run(["up", "--exit-code-from", "client", "client"]).exitCode == 7)
    }

    @Test func `a job that has copies is named if there is one, and else the copies are`() throws {
        let scenario = try Scenario(
            """
            jobs:
              one: { command: exit 4, matrix: { os: [a] } }
              two: { command: exit 5, replicas: 2 }
            """
        )
        #expect(try scenario.run(["run", "one"]).exitCode == 4)
        #expect(try scenario.run(["up", "--exit-code-from", "one", "one"]).exitCode == 4)
        let result = try scenario.run(["run", "two"])
        #expect(result.exitCode == 64 && result.errors.contains("say which of two.1, two.2"))
        #expect(try scenario.run(["run", "two.2"]).exitCode == 5)
    }
}
