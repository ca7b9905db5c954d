import Glibc
import PkrunSystem
import PkrunTestSupport
import Testing

/// What is wrong is said at its place, with the right exit code, and nothing is started.
@Suite struct BadInputTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let manifest: String
        var exitCode: Int32 = 65
        let message: String

        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(
            name: "unknown key",
            manifest: "jobs:\n  a: { comand: x }\n",
            message: """
                jobs.yaml:2:8: error: unknown key 'comand' in job 'a'
                    2 |   a: { comand: x }
                      |        ^~~~~~ did you mean 'command'?
                """
        ),
        Case(
            name: "nothing selected",
            manifest: "jobs:\n  a: { command: x, profiles: [debug] }\n  b: { command: x, disabled: true }\n",
            exitCode: 64,
            message: "pkrun: error: no job of jobs.yaml is selected: each is disabled, "
        ),
        Case(name: "wrong type", manifest: "jobs: [a]\n", message: "jobs.yaml:1:7: error: "),
        Case(
            name: "cycle",
            manifest: "jobs:\n  a: { command: x, depends_on: [b] }\n  b: { command: x, depends_on: [a] }\n",
            message: "a → b → a"
        ),
        Case(
            name: "missing dependency",
            manifest: "jobs:\n  a: { command: x, depends_on: [nobody] }\n",
            message: "jobs.yaml:2:33: error: job 'a' depends on 'nobody'"
        ),
        Case(
            name: "duplicate key",
            manifest: "jobs:\n  a: { command: x }\n  a: { command: y }\n",
            message: "jobs.yaml:3:3: error: duplicate key 'a'"
        ),
        Case(name: "tab", manifest: "jobs:\n\ta: x\n", message: "jobs.yaml:2:1: error: a tab cannot indent YAML"),
        Case(name: "empty file", manifest: "", message: "jobs.yaml:1:1: error: the manifest is empty"),
        Case(
            name: "unset variable",
            manifest: "jobs:\n  a: { command: 'x ${PKRUN_TEST_UNSET}' }\n",
            message: "jobs.yaml:2:20: error: variable 'PKRUN_TEST_UNSET' is not set"
        ),
        Case(
            name: "bad regular expression",
            manifest: "jobs:\n  a: { command: x, ready: { line: '(' } }\n",
            message: "jobs.yaml:2:35: error: this is not a regular expression"
        ),
        Case(
            name: "bad duration",
            manifest: "jobs:\n  a: { command: x, timeout: 5 parsecs }\n",
            message: "jobs.yaml:2:29: error: '5 parsecs' is not a duration"
        ),
        Case(
            name: "no such user",
            manifest: "jobs:\n  a: { command: x, user: pkrun-nobody }\n",
            message: "jobs.yaml:2:26: error: there is no user 'pkrun-nobody' here"
        ),
    ]

    @Test(.enabled(if: Mechanisms.available.contains("pid-namespace"), "no namespaces here to forbid them in"))
    func `a demand for a containment that is not to be had is refused before anything starts`() throws {
        let pkrun = BuiltProgram.path("pkrun")
        let scenario = try Scenario(
            """
            jobs:
              outer:
                command: |
                  exec unshare --user --map-root-user sh -c '
                    echo 0 >/proc/sys/user/max_pid_namespaces
                    exec \(pkrun) up -f inner.yaml --state-dir inner'
            """
        )
        try scenario.write("inner.yaml", "containment: pid-namespace\njobs: { a: { command: touch started } }\n")
        let result = try scenario.run(["run", "outer"])
        #expect(result.exitCode == 69)
        #expect("\(result.output)\(result.errors)".contains("containment 'pid-namespace' is not to be had here"))
        #expect((try? scenario.bytes("started")) == nil)
    }

    @Test(arguments: cases)
    func `a wrong manifest is refused before anything starts`(bad: Case) throws {
        let scenario = try Scenario(bad.manifest)
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == bad.exitCode)
        #expect(result.errors.contains(bad.message), "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect((try? scenario.bytes("started")) == nil)
    }

    @Test(arguments: [
        (["missing.yaml"], "cannot read the manifest 'missing.yaml': No such file or directory"),
        (["."], "cannot read the manifest '.': Is a directory"),
        ([], "no jobs.yaml or pkrun.yaml in"),
    ])
    func `a manifest that cannot be read is exit code 66`(arguments: [String], message: String) throws {
        let result = try Scenario().run(arguments)
        #expect(result.exitCode == 66)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    @Test(arguments: [
        ["--no-such-flag"], ["jobs.yaml", "nojob"], ["run", "nojob"], ["run"], ["graph", "--format", "oil"],
        ["up", "--exit-code-from", "nojob"],
    ])
    func `wrong words on the command line are exit code 64`(arguments: [String]) throws {
        let scenario = try Scenario("jobs: { a: { command: touch started } }")
        #expect(try scenario.run(arguments).exitCode == 64)
        #expect((try? scenario.bytes("started")) == nil)
    }

    @Test func `a file that is no manifest is refused without reading all of it`() throws {
        let scenario = try Scenario("jobs: { a: { command: x } }")
        for name in ["jobs.yaml", "huge.env"] {
            try scenario.write(name, "")
            unsafe try #require(truncate(scenario.path(name), 1 << 40) == 0)
            let result = try scenario.run(["check"])
            #expect(result.exitCode == 65)
            #expect(result.errors.contains("\(name):1:1: error: the file has more than 8 MB"), "\(result.errors)")
            try scenario.write("jobs.yaml", "jobs: { a: { command: x, env_file: huge.env } }")
        }
    }

    @Test func `everything that is wrong is told at once`() throws {
        let scenario = try Scenario("jobs:\n  a: { comand: x, timeout: never }\n  b: { depends_on: [c] }\n")
        let errors = try scenario.run(["check"]).errors
        for place in ["jobs.yaml:2:8", "jobs.yaml:2:28", "jobs.yaml:3:21"] {
            #expect(errors.contains("\(place): error: "), "\(place)")
        }
    }

    @Test func `the same manifest does not run twice at once`() throws {
        let scenario = try Scenario("jobs: { a: { command: [sleep, '1000'], ready: { delay: 1ms } } }")
        let first = try scenario.start(["jobs.yaml"])
        #expect(first.waitForOutput("ready"))
        let second = try scenario.run(["jobs.yaml"])
        #expect(second.exitCode == 75)
        #expect(second.errors.contains("already running"))
        #expect(second.errors.contains("\(first.identifier)"))
        first.signal(15)
        #expect(try first.wait().exitCode == 143)
    }

    @Test func `a state directory that cannot be made is exit code 73`() throws {
        let scenario = try Scenario("jobs: { a: { command: [\"true\"] } }")
        let result = try scenario.run(["jobs.yaml", "--state-dir", "jobs.yaml/state"])
        #expect(result.exitCode == 73)
        #expect(result.errors.contains("jobs.yaml/state"))
        try scenario.write("state", "")
        #expect(try scenario.run(["jobs.yaml", "--state-dir", "state"]).exitCode == 73)
        try FileSystem.makeDirectory(scenario.path(".pkrun"))
        try FileSystem.makeDirectory(scenario.path(".pkrun/latest"))
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 73)
    }
}
