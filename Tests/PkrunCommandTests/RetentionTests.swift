import Glibc
import PkrunSystem
import PkrunTestSupport
import Testing

/// Which runs leave their files.
@Suite struct RetentionTests {
    private func runs(_ scenario: Scenario) throws -> [String] {
        try FileSystem.entries(of: scenario.path(".pkrun/runs")).map(\.name).sorted()
    }

    @Test func `the latest ten runs are kept, and those that go on`() throws {
        let scenario = try Scenario("jobs: { quick: { command: 'echo done' } }")
        try scenario.write("long.yaml", "jobs: { long: { command: echo up; exec sleep 1000 } }")
        let long = try scenario.start(["long.yaml"])
        #expect(long.waitForOutput("up"))
        let first = try #require(try runs(scenario).first)
        // Runs of the past, one with a link out of it, and what is none of ours.
        try FileSystem.makeDirectory(scenario.path("elsewhere"))
        try scenario.write("elsewhere/file", "mine")
        let past = (10..<22).map { "20200101-0000\($0)-abcd" }
        for name in past + ["notes"] {
            try FileSystem.makeDirectory(scenario.path(".pkrun/runs/\(name)"))
            try FileSystem.makeDirectory(scenario.path(".pkrun/runs/\(name)/logs"))
            try scenario.write(".pkrun/runs/\(name)/logs/job.log", "words")
            try FileSystem.makeSymbolicLink(scenario.path(".pkrun/runs/\(name)/link"), to: "../../../elsewhere")
        }
        for _ in 0..<3 { #expect(try scenario.run(["jobs.yaml"]).exitCode == 0) }
        let kept = try runs(scenario)
        #expect(kept.count == 11, "ten runs and the notes: \(kept)")
        #expect(kept.contains(first) && kept.contains("notes") && kept.contains("20200101-000021-abcd"))
        #expect(!kept.contains("20200101-000010-abcd"))
        #expect(try scenario.log("quick") == "done\n")
        #expect(try scenario.text("elsewhere/file") == "mine")

        for _ in 0..<11 { #expect(try scenario.run(["jobs.yaml"]).exitCode == 0) }
        #expect(try runs(scenario).contains(first), "the run that goes on has lost its files")
        long.signal(SIGTERM)
        #expect(try long.wait().exitCode == 143)
        // Its guardian may be a moment behind it.
        let isGone = try eventually {
            #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
            return try !runs(scenario).contains(first)
        }
        #expect(isGone, "a run that has ended is as old as it is")
    }
}
