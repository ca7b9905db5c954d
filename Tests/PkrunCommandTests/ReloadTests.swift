import Glibc
import PkrunSystem
import PkrunTestSupport
import Testing

/// `signals: { HUP: reload }`, with a manifest that is edited while it runs.
@Suite struct ReloadTests {
    private static let head = "signals: { HUP: reload }\njobs:\n"
    private static let same = "  same: { command: 'echo x >> same; exec sleep 1000', kind: service }\n"
    private static let marker = "the manifest was read again"

    private func start(_ jobs: String) throws -> (Scenario, PkrunProcess) {
        let scenario = try Scenario(Self.head + Self.same + jobs)
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(pkrun.waitForOutput("everything is up"), "\(pkrun.output)")
        #expect(eventually { (try? scenario.text("same")) == "x\n" })
        return (scenario, pkrun)
    }

    private func end(_ scenario: Scenario, _ pkrun: PkrunProcess) throws {
        pkrun.signal(SIGTERM)
        #expect(try pkrun.wait().exitCode == 143)
        #expect(try scenario.text("same") == "x\n", "what is the same has not gone on")
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
    }

    @Test func `what has changed starts anew, what is new starts, what is gone is stopped`() throws {
        let (scenario, pkrun) = try start(
            """
              api: { command: "echo old >> api; exec sleep 1000", kind: service }
              gone: { command: "trap 'echo stopped > gone; exit' TERM; echo up > gone; sleep 1000 & wait", kind: service }

            """
        )
        #expect(eventually { (try? scenario.text("gone")) == "up\n" && (try? scenario.text("api")) == "old\n" })
        try scenario.write(
            "jobs.yaml",
            Self.head + Self.same
                + """
                  api: { command: "echo new >> api; exec sleep 1000", kind: service }
                  mail: { command: "echo mail > mail; exec sleep 1000", kind: service, depends_on: [api] }

                """
        )
        pkrun.signal(SIGHUP)
        #expect(eventually { (try? scenario.text("mail")) == "mail\n" && (try? scenario.text("gone")) == "stopped\n" })
        // Others start as soon as it has, whatever it has done since.
        #expect(eventually { (try? scenario.text("api")) == "old\nnew\n" })
        #expect(pkrun.output.contains("\(Self.marker): api is changed, mail is new, gone is gone"), "\(pkrun.output)")
        try end(scenario, pkrun)
        let report = try scenario.text(".pkrun/latest/report.json")
        #expect(["api", "mail", "gone", "same"].allSatisfy { report.contains("\"job\": \"\($0)\"") }, "\(report)")
        #expect(try scenario.log("mail") == "")
    }

    @Test func `lines of who goes on stay in one column with those of who is new`() throws {
        let (scenario, pkrun) = try start(
            """
              talker: { command: "echo before; until [ -e named ]; do sleep 0.05; done; echo after; sleep 1000", kind: service }

            """
        )
        #expect(pkrun.waitForOutput("talker │ before"))
        let talker = try scenario.text("jobs.yaml")
        try scenario.write("jobs.yaml", talker + "  newcomer: { command: 'exec sleep 1000', kind: service }\n")
        pkrun.signal(SIGHUP)
        #expect(pkrun.waitForOutput("newcomer started"), "\(pkrun.output)")
        try scenario.write("named", "")
        #expect(pkrun.waitForOutput("talker   │ after"), "\(pkrun.output)")
        try end(scenario, pkrun)
    }

    @Test func `what has changed is asked for its new condition, and no longer for the old`() throws {
        let before = """
              once: { command: "echo once >> once", if: [test, -e, jobs.yaml] }
              gate: { command: "echo through > gate", if: [sh, -c, "echo > waits; exec sleep 1000"] }

            """
        let scenario = try Scenario(Self.head + Self.same + before)
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(
            eventually {
                (try? scenario.text("same")) == "x\n" && (try? scenario.text("once")) == "once\n"
                    && (try? scenario.bytes("waits")) != nil
            }
        )
        try scenario.write(
            "jobs.yaml",
            Self.head + Self.same
                + """
                  once: { command: "echo once >> once", if: [test, -e, nowhere] }
                  gate: { command: "echo through > gate", if: [test, -e, waits] }

                """
        )
        pkrun.signal(SIGHUP)
        #expect(eventually { (try? scenario.text("gate")) == "through\n" }, "\(pkrun.output)")
        #expect(pkrun.waitForOutput("its condition does not hold"), "\(pkrun.output)")
        #expect(try scenario.text("once") == "once\n")
        try end(scenario, pkrun)
    }

    @Test func `a manifest with a mistake in it changes nothing and is told`() throws {
        let (scenario, pkrun) = try start("")
        try scenario.write("jobs.yaml", Self.head + Self.same + "  api: { comand: ./api }\n")
        pkrun.signal(SIGHUP)
        #expect(eventually { pkrun.errors.contains("the run goes on as it is") }, "\(pkrun.errors)")
        #expect(pkrun.errors.contains("did you mean 'command'?"), "\(pkrun.errors)")
        try scenario.write("jobs.yaml", "timeout: 1h\n" + Self.head + Self.same)
        pkrun.signal(SIGHUP)
        #expect(eventually { pkrun.errors.contains("'timeout' cannot change while pkrun runs") }, "\(pkrun.errors)")
        try FileSystem.removeFile(scenario.path("jobs.yaml"))
        pkrun.signal(SIGHUP)
        #expect(eventually { pkrun.errors.contains("cannot read the manifest") }, "\(pkrun.errors)")
        #expect(!pkrun.output.contains(Self.marker), "\(pkrun.output)")
        try end(scenario, pkrun)
    }

    @Test func `files are watched as the manifest says now`() throws {
        let (scenario, pkrun) = try start("")
        try scenario.write("a.txt", "a")
        try scenario.write(
            "jobs.yaml",
            Self.head + Self.same
                + "  test: { command: 'cat a.txt >> seen', watch: { paths: ['*.txt'], debounce: 10ms } }\n"
        )
        pkrun.signal(SIGHUP)
        #expect(eventually { (try? scenario.text("seen")) == "a" })
        #expect(pkrun.waitForOutput("waiting for a change"), "\(pkrun.output)")
        try scenario.write("a.txt", "b")
        #expect(eventually { (try? scenario.text("seen")) == "ab" })
        try end(scenario, pkrun)
    }
}
