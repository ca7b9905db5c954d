import PkrunTestSupport
import Testing

/// What a job wrote is what its log holds.
@Suite struct LogTests {
    private static let payloads: [(name: String, bytes: [UInt8])] = [
        ("a line of 1 MB", [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20) + [10]),
        ("no final newline", Array("one\ntwo".utf8)),
        ("every byte", (0..<4).flatMap { _ in (0...255).map { UInt8($0) } }),
        ("invalid UTF-8", [0xFF, 0xFE, 0x0A, 0xC3, 0x28, 0x0A, 0xED, 0xA0, 0x80]),
        ("CRLF", Array("one\r\ntwo\r\n".utf8)),
        ("nothing", []),
    ]

    @Test(arguments: Mechanisms.available)
    func `a log has every byte as it was written`(mechanism: String) throws {
        let scenario = try Scenario()
        var manifest = "containment: \(mechanism)\njobs:\n"
        for (index, payload) in Self.payloads.enumerated() {
            try scenario.write("payload\(index)", payload.bytes)
            manifest += "  job\(index): { command: [cat, payload\(index)] }\n"
        }
        try scenario.write("jobs.yaml", manifest)
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        for (index, payload) in Self.payloads.enumerated() {
            #expect(try scenario.bytes(".pkrun/latest/logs/job\(index).log") == payload.bytes, "\(payload.name)")
        }
    }

    @Test(arguments: Mechanisms.available)
    func `the last word before death is kept, and that of a grandchild after it`(mechanism: String) throws {
        let scenario = try Scenario(
            """
            containment: \(mechanism)
            jobs:
              killed: { command: "printf last; kill -9 $$$$", optional: true }
              late: { command: "(sleep 0.3; printf late) & printf early; exit 0", leaks: wait }
            """
        )
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        #expect(try scenario.log("killed") == "last")
        #expect(try scenario.log("late") == "earlylate")
    }

    /// Rotated away is not lost: all files together are what was written.
    @Test(arguments: ["", "-q"]) func `a log that is put aside loses no byte`(option: String) throws {
        let scenario = try Scenario(
            """
            jobs:
              chatty:
                command: "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i + 1)); done; printf %s 0123456789"
                log: { max_size: 4K, max_files: 100 }
              few:
                command: "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i + 1)); done"
                log: { max_size: 4K, max_files: 3 }
            """
        )
        #expect(try scenario.run(option.isEmpty ? ["jobs.yaml"] : [option, "jobs.yaml"]).exitCode == 0)
        let lines = (0..<3000).map { "line \($0)\n" }.joined()
        var text = ""
        for number in (1..<100).reversed() {
            let part = try? scenario.text(".pkrun/latest/logs/chatty.log.\(number)")
            #expect((part?.utf8.count ?? 0) <= 4096)
            #expect(part == nil || part?.hasSuffix("\n") == true)
            text += part ?? ""
        }
        #expect(try text + scenario.log("chatty") == lines + "0123456789")
        #expect((try? scenario.text(".pkrun/latest/logs/few.log.3")) == nil)
        let last =
            try scenario.text(".pkrun/latest/logs/few.log.2") + scenario.text(".pkrun/latest/logs/few.log.1")
            + scenario.log("few")
        #expect(lines.hasSuffix(last) && last.utf8.count > 8000)
    }

    @Test func `how lines look is no matter of the log`() throws {
        let scenario = try Scenario(
            """
            log: { timestamps: true }
            jobs:
              a: { command: [printf, 'one\\n'], log: { prefix: ">>" } }
              b: { command: [printf, 'two\\n'], log: { prefix: "", timestamps: false } }
            """
        )
        let run = try scenario.run(["jobs.yaml"])
        #expect(run.output.contains(/>> +│ \d\d:\d\d:\d\d\.\d{3} one\n/))
        #expect(run.output.contains("\ntwo\n"))
        #expect(try scenario.log("a") == "one\n" && scenario.log("b") == "two\n")
    }

    @Test func `standard output and standard error keep their order`() throws {
        let count = 2000
        let scenario = try Scenario(
            """
            jobs:
              both: { command: "i=0; while [ $i -lt \(count) ]; do echo out $i; echo err $i >&2; i=$((i + 1)); done" }
            """
        )
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        let expected = (0..<count).map { "out \($0)\nerr \($0)\n" }.joined()
        #expect(try scenario.log("both") == expected)
    }

    @Test func `a split log tells the streams apart`() throws {
        let scenario = try Scenario(
            """
            jobs:
              both: { command: "echo out; echo err >&2", log: { split: true } }
              elsewhere: { command: "echo here", log: elsewhere.txt }
            """
        )
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        #expect(try scenario.text(".pkrun/latest/logs/both.out.log") == "out\n")
        #expect(try scenario.text(".pkrun/latest/logs/both.err.log") == "err\n")
        #expect(try scenario.text("elsewhere.txt") == "here\n")
    }

    @Test func `a restart appends`() throws {
        let scenario = try Scenario(
            """
            jobs:
              flaky:
                command: "echo once; test -e done || { touch done; exit 1; }"
                restart: { policy: on-failure, max: 3, backoff: 1ms }
            """
        )
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        #expect(try scenario.log("flaky") == "once\nonce\n")
    }

    @Test func `a reader that goes away loses nothing of the log`() throws {
        let scenario = try Scenario("jobs: { lines: { command: [seq, '300000'] } }")
        try scenario.write(
            "outer.yaml",
            "jobs: { piped: { command: '\(PkrunProcess.program) jobs.yaml --state-dir inner | head -n 3' } }"
        )
        #expect(try scenario.run(["outer.yaml"]).exitCode == 0)
        #expect(eventually { scenario.processes().isEmpty })
        #expect(try scenario.text("inner/latest/logs/lines.log").hasSuffix("\n300000\n"))
    }

    @Test func `who shows nothing to anybody logs, waits and reports all the same`() throws {
        let scenario = try Scenario(
            """
            jobs:
              ready: { command: "echo listening; echo why >&2; exec sleep 1000", ready: { line: listening } }
              task: { command: 'printf "\\377one"; echo two >&2; exit 3', depends_on: { ready: ready } }
            """
        )
        let inner = "\(PkrunProcess.program) jobs.yaml --state-dir inner"
        try scenario.write("outer.yaml", "jobs: { quiet: { command: '\(inner) > /dev/null' } }")
        #expect(try scenario.run(["outer.yaml"]).exitCode == 1)
        #expect(try scenario.text("inner/latest/logs/ready.log") == "listening\nwhy\n")
        #expect(try scenario.bytes("inner/latest/logs/task.log") == [0xFF] + Array("onetwo\n".utf8))
        #expect(try scenario.text("inner/latest/report.json").contains("\"exit_code\": 1"))
    }

    @Test func `a slow reader gets every line`() throws {
        let scenario = try Scenario("jobs: { lines: { command: [seq, '500000'] } }")
        let inner = "\(PkrunProcess.program) jobs.yaml --state-dir inner"
        try scenario.write("outer.yaml", "jobs: { piped: { command: '\(inner) | { sleep 0.3; cat; } > shown' } }")
        #expect(try scenario.run(["outer.yaml"]).exitCode == 0)
        let shown = try scenario.text("shown").split(separator: "\n").filter { $0.hasPrefix("lines │ ") }
        #expect(shown.count == 500_000)
        #expect(shown.last == "lines │ 500000")
        #expect(try scenario.text("inner/latest/logs/lines.log").hasSuffix("\n500000\n"))
    }
}
