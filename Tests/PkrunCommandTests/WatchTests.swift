import PkrunSystem
import PkrunTestSupport
import Testing

@Suite struct WatchTests {
    @Test func `a task runs again when a file is replaced, made in a new directory, or removed`() throws {
        let scenario = try Scenario(
            """
            jobs:
              test:
                command: echo run >> runs; sleep 0.01
                watch: { paths: ["src/**/*.c"], ignore: [src/gen], debounce: 10ms }
            """
        )
        try FileSystem.makeDirectory(scenario.path("src"))
        try scenario.write("src/a.c", "1")
        let run = try scenario.start(["jobs.yaml"])
        func runs() -> Int { ((try? scenario.bytes("runs")) ?? []).count { $0 == 0x0A } }
        func rests(_ times: Int) -> Bool {
            eventually {
                (try? scenario.text(".pkrun/latest/events.jsonl"))?.ranges(of: "job-resting").count == times
            }
        }
        #expect(rests(1) && runs() == 1)
        // As editors save: into another file, which then takes the name.
        try scenario.write("src/.a.c.swp", "2")
        try FileSystem.rename(scenario.path("src/.a.c.swp"), to: scenario.path("src/a.c"))
        #expect(rests(2) && runs() == 2)
        try FileSystem.makeDirectory(scenario.path("src/new"))
        try scenario.write("src/new/b.c", "1")
        #expect(rests(3) && runs() == 3)
        try FileSystem.removeFile(scenario.path("src/new/b.c"))
        #expect(rests(4) && runs() == 4)
        try FileSystem.makeDirectory(scenario.path("src/gen"))
        try scenario.write("src/gen/c.c", "1")
        try scenario.write("src/notes.txt", "1")
        try scenario.write("src/a.c", "3")
        #expect(rests(5) && runs() == 5)
        run.signal(2)
        let result = try run.wait()
        #expect(result.exitCode == 130)
        #expect(result.output.contains("src/new/b.c has changed"), "\(result.output)")
        #expect(try scenario.text(".pkrun/latest/events.jsonl").ranges(of: "job-changed").count == 4)
    }

    @Test func `a service is restarted, and one that asks for it gets a signal`() throws {
        let scenario = try Scenario(
            """
            jobs:
              api: { command: echo api >> runs; exec sleep 1000, kind: service, watch: [conf/api] }
              web:
                command: trap 'echo web >> runs' HUP; echo up; while :; do sleep 0.01; done
                ready: { line: up }
                watch: { paths: [conf/web], debounce: 10ms, action: HUP }
            """
        )
        // The directory comes after the run has begun.
        let run = try scenario.start(["jobs.yaml"])
        #expect(run.waitForOutput("everything is up"))
        try FileSystem.makeDirectory(scenario.path("conf"))
        try scenario.write("conf/web", "1")
        #expect(eventually { (try? scenario.text("runs")) == "api\nweb\n" })
        try scenario.write("conf/api", "1")
        #expect(eventually { (try? scenario.text("runs")) == "api\nweb\napi\n" })
        run.signal(2)
        #expect(try run.wait().exitCode == 130)
        #expect(scenario.processes().isEmpty)
    }

    @Test func `without watching, the run ends with its task`() throws {
        let scenario = try Scenario("jobs: { test: { command: [\"true\"], watch: [src] } }")
        #expect(try scenario.run(["jobs.yaml", "--no-watch"]).exitCode == 0)
        #expect(try scenario.run(["run", "test"]).exitCode == 0)
    }
}
