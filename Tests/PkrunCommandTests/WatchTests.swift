import Glibc
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

    @Test func `repositories, logs and the files of runs are passed over`() throws {
        let scenario = try Scenario(
            """
            jobs:
              all:
                command: echo run; touch made-by-itself.tmp
                log: out.log
                watch: { paths: ["**"], ignore: ["*.tmp", marker, starts], debounce: 1ms }
              last: { command: echo x >> starts, watch: { paths: [marker], debounce: 50ms } }
            """
        )
        for directory in [".git", ".hg"] { try FileSystem.makeDirectory(scenario.path(directory)) }
        let run = try scenario.start(["jobs.yaml"])
        func starts() -> Int { ((try? scenario.bytes("starts")) ?? []).count { $0 == 0x0A } }
        #expect(eventually { starts() == 1 && run.output.ranges(of: "waiting for a change").count == 2 })
        for name in [".git/HEAD", ".hg/store", ".pkrun/mine", "file~", ".file.swp", "out.log.1"] {
            try scenario.write(name, "1")
        }
        // The notifier keeps the order: when this has been seen, so have the others.
        try scenario.write("marker", "1")
        #expect(eventually { starts() == 2 && run.output.ranges(of: "waiting for a change").count == 3 })
        try scenario.write("file", "1")
        #expect(eventually { run.output.ranges(of: "waiting for a change").count == 4 })
        run.signal(2)
        _ = try run.wait()
        let events = try scenario.text(".pkrun/latest/events.jsonl").split(separator: "\n")
        let changes = events.filter { $0.contains("\"job-changed\"") && $0.contains("\"all\"") }
        #expect(changes.count == 1 && changes[0].contains("\"path\":\"file\""), "\(changes)")
    }

    /// fs.inotify.max_queued_events, as long as that is a number of files that a test can rename.
    private static let queueLength = (try? FileSystem.contents(of: "/proc/sys/fs/inotify/max_queued_events"))
        .flatMap { Int(String(decoding: $0.dropLast(), as: UTF8.self)) }

    @Test(.enabled(if: queueLength.map { $0 < 200_000 } ?? false, "needs a queue that can be filled"))
    func `what changes while the kernel loses events is not missed`() throws {
        let scenario = try Scenario(
            """
            jobs:
              test:
                command: cat src/*.c new/*.c >> seen || true; echo >> seen
                watch: { paths: ["src/*.c", "new/*.c"], debounce: 10ms }
            """
        )
        try FileSystem.makeDirectory(scenario.path("src"))
        try scenario.write("src/a.c", "a")
        try FileSystem.makeDirectory(scenario.path("elsewhere"))
        try FileSystem.makeDirectory(scenario.path("elsewhere/new"))
        try scenario.write("elsewhere/new/b.c", "b")
        let run = try scenario.start(["jobs.yaml"])
        #expect(run.waitForOutput("waiting for a change"), "\(run.output)")
        // Nobody reads what the kernel tells meanwhile.
        run.signal(SIGSTOP)
        for _ in 0..<(Self.queueLength ?? 0) / 4 + 1000 {
            try FileSystem.rename(scenario.path("src/a.c"), to: scenario.path("src/a.tmp"))
            try FileSystem.rename(scenario.path("src/a.tmp"), to: scenario.path("src/a.c"))
        }
        try scenario.write("src/a.c", "A")
        try FileSystem.rename(scenario.path("elsewhere/new"), to: scenario.path("new"))
        run.signal(SIGCONT)
        #expect(eventually { (try? scenario.text("seen"))?.hasSuffix("\nAb\n") == true }, "\(run.output)")
        // The directory that came unseen is watched, too.
        try scenario.write("new/b.c", "B")
        #expect(eventually { (try? scenario.text("seen"))?.hasSuffix("\nAB\n") == true }, "\(run.output)")
        run.signal(2)
        #expect(try run.wait().exitCode == 130)
    }

    private static let limited = "unshare --user --map-root-user sh limited.sh"
    private static let limit = "echo 2 > /proc/sys/user/max_inotify_watches"

    /// In a user namespace the limit is one of its own; user_namespaces(7).
    private static let canLimitWatches: Bool = {
        guard let scenario = try? Scenario("jobs: { probe: { command: \(limited) } }"),
            (try? scenario.write("limited.sh", limit)) != nil
        else { return false }
        return (try? scenario.run(["jobs.yaml"]))?.exitCode == 0
    }()

    @Test(.enabled(if: canLimitWatches, "needs user namespaces"))
    func `spent watches are told with the setting that limits them`() throws {
        let scenario = try Scenario("jobs: { test: { command: [\"true\"], watch: [\"a/**\"] } }")
        for directory in ["a", "a/b", "a/c", "a/d"] { try FileSystem.makeDirectory(scenario.path(directory)) }
        try scenario.write("limited.sh", "\(Self.limit); exec \(PkrunProcess.program) jobs.yaml 2> errors")
        try scenario.write("outer.yaml", "jobs: { run: { command: \(Self.limited) } }")
        #expect(try scenario.run(["run", "-f", "outer.yaml", "run"]).exitCode == 70)
        let errors = try scenario.text("errors")
        #expect(errors.contains("fs.inotify.max_user_watches is reached"), "\(errors)")
        #expect(errors.contains("No space left on device"), "\(errors)")
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
    }

    @Test func `without watching, the run ends with its task`() throws {
        let scenario = try Scenario("jobs: { test: { command: [\"true\"], watch: [src] } }")
        #expect(try scenario.run(["jobs.yaml", "--no-watch"]).exitCode == 0)
        #expect(try scenario.run(["run", "test"]).exitCode == 0)
    }
}
