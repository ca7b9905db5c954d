import PkrunSystem
import PkrunTestSupport
import Testing

/// A command that cannot be started fails its job, and says which step failed and what to do.
@Suite struct StartFailureTests {
    @Test(arguments: Mechanisms.available)
    func `what cannot be started says why`(mechanism: String) throws {
        for (command, code, message) in [
            ("command: [pkrun-no-such-command]", Int32(127), "cannot execute 'pkrun-no-such-command'"),
            ("command: [./missing]", 127, "cannot execute './missing': No such file or directory"),
            ("command: [./plain]", 126, "cannot execute './plain': Permission denied; is it executable?"),
            ("command: [./text]", 126, "cannot execute './text': Exec format error; a script needs a first line"),
            ("{ command: [\"true\"], working_dir: nowhere }", 126, "cannot enter the working directory"),
        ] {
            let job = command.hasPrefix("{") ? command : "{ \(command) }"
            let scenario = try Scenario("containment: \(mechanism)\njobs:\n  bad: \(job)\n")
            try scenario.write("plain", "#!/bin/sh\n")
            try scenario.write("text", "no program\n", mode: 0o755)
            let up = try scenario.run(["jobs.yaml"])
            #expect(up.exitCode == 1)
            #expect(up.output.contains(message), "\(up.output)")
            #expect(try scenario.run(["run", "bad"]).exitCode == code, "\(command)")
            #expect(scenario.processes().isEmpty)
        }
    }

    @Test(arguments: Mechanisms.available)
    func `what cannot be started ends nobody else who is just being started`(mechanism: String) throws {
        let scenario = try Scenario(
            """
            containment: \(mechanism)
            on_failure: continue
            jobs:
              asked: { command: sleep 0.2, if: ["true"] }
              missing: { command: [/nonexistent/program] }
              other: { command: sleep 0.2 }
            """
        )
        let up = try scenario.run(["jobs.yaml"])
        #expect(up.exitCode == 1)
        #expect(up.output.contains("failed: missing after"), "\(up.output)")
    }

    @Test func `an earlier job may yet make what a later one needs`() throws {
        let scenario = try Scenario(
            """
            jobs:
              make: { command: "mkdir there; printf '#!/bin/sh\\necho made\\n' > there/tool; chmod +x there/tool" }
              use: { command: [./tool], working_dir: there, depends_on: [make] }
            """
        )
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        #expect(try scenario.log("use") == "made\n")
    }

    @Test func `a directory of PATH that may not be searched holds no command`() throws {
        let scenario = try Scenario(
            "jobs: { bad: { command: [pkrun-no-such-command], env: { PATH: \"closed/bin:/usr/bin\" } } }"
        )
        try FileSystem.makeDirectory(scenario.path("closed"), mode: 0)
        #expect(try scenario.run(["run", "bad"]).exitCode == 127)
    }
}
