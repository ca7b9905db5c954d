import PkrunTestSupport
import Testing

/// A secret reaches the job that asks for it, and nobody else.
@Suite struct SecretTests {
    private static let manifest = """
        secrets: { TOKEN: { env: THE_TOKEN }, KEY: { file: key } }
        jobs:
          api:
            command: 'printf "%s\\n" "$AUTH" | tee got; printf %.5s "$AUTH"; sleep 0.2; printf %s "$${AUTH#?????}"'
            env: { AUTH: "a-${TOKEN}-${KEY}" }
            clear_env: true
          other: { command: 'echo "[$AUTH$KEY]"; exit 3', optional: true }
          web:
            command: sleep 100
            ready: { exec: 'echo "$T"; exit 1', timeout: 300ms }
            env: { T: "${TOKEN}" }
            optional: true
        """

    @Test(arguments: ["up", "-q"]) func itIsSeenByItsJobAlone(option: String) throws {
        let scenario = try Scenario(Self.manifest)
        try scenario.write("key", "k3y\n")
        let environment = ["THE_TOKEN": "t0ken-of-mine"]
        let run = try scenario.run(
            option == "up" ? ["jobs.yaml"] : [option, "jobs.yaml"],
            environment: environment
        )
        #expect(run.exitCode == 0)
        #expect(try scenario.text("got") == "a-t0ken-of-mine-k3y\n")
        #expect(try scenario.log("api") == "a-***-***\na-***-***")
        #expect(try scenario.log("other") == "[]\n")
        let told = try [
            run.output, run.errors, scenario.text(".pkrun/latest/events.jsonl"),
            scenario.text(".pkrun/latest/report.json"), scenario.run(["config"], environment: environment).output,
        ]
        for text in told { #expect(!text.contains("t0ken") && !text.contains("k3y\n")) }
        #expect(told[4].contains(#"AUTH: "a-${TOKEN}-${KEY}""#))
    }

    @Test func aCommandIsAskedBeforeTheRunWhereAJobNeedsIt() throws {
        let scenario = try Scenario(
            """
            secrets:
              TOKEN: { command: 'test ! -e started; echo asked >> asked; sleep 1000 & echo "t0ken-of-mine"' }
              UNUSED: { command: "echo asked >> unused; echo unused" }
            jobs:
              api: { command: 'touch started; printf %s "$AUTH" > got; echo "it is $AUTH"', env: { AUTH: "a-${TOKEN}" } }
            """
        )
        let run = try scenario.run(["jobs.yaml"])
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try scenario.text("got") == "a-t0ken-of-mine")
        #expect(try scenario.text("asked") == "asked\n")
        #expect((try? scenario.text("unused")) == nil)
        #expect(try scenario.log("api") == "it is a-***\n")
        let told = try [run.output, run.errors, scenario.text(".pkrun/latest/events.jsonl")]
        for text in told { #expect(!text.contains("t0ken")) }
        #expect(scenario.processes().isEmpty)
        #expect(try scenario.run(["check"]).exitCode == 0)
        #expect(try scenario.text("asked") == "asked\n")
    }

    @Test(arguments: [
        ("'echo h\"\"alf; echo no such key >&2; exit 3'", "the command exited with 3: no such key"),
        ("[no-such-program]", "cannot execute 'no-such-program'"), ("'true'", "there is nothing in it"),
        ("'kill -KILL $$$$'", "the command ended by signal 9"),
        ("'head -c 100000 /dev/zero'", "the command writes more than 64 KB"),
    ])
    func aCommandThatFailsStopsTheRunAtItsPlace(command: String, reason: String) throws {
        let scenario = try Scenario(
            "secrets: { KEY: { command: \(command) } }\njobs: { a: { command: touch started, env: { K: '${KEY}' } } }\n"
        )
        let run = try scenario.run(["jobs.yaml"])
        #expect(run.exitCode == 65)
        #expect(run.errors.contains("jobs.yaml:1:28: error: secret 'KEY': \(reason)"), "\(run.errors)")
        #expect(!run.errors.contains("half"))
        #expect((try? scenario.text("started")) == nil)
    }

    @Test func oneThatIsNotThereStopsTheRunBeforeItsStart() throws {
        let scenario = try Scenario(Self.manifest)
        let run = try scenario.run(["jobs.yaml"], environment: ["THE_TOKEN": ""])
        #expect(run.exitCode == 65)
        #expect(run.errors.contains("jobs.yaml:1:26: error: secret 'TOKEN'"))
        #expect(run.errors.contains("jobs.yaml:1:52: error: secret 'KEY'"))
    }
}
