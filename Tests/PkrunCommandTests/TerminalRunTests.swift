import PkrunSystem
import PkrunTestSupport
import Testing

/// Jobs with a terminal of their own: `tty: true`.
@Suite struct TerminalRunTests {
    private func run(_ manifest: String) throws -> (Scenario, PkrunResult) {
        let scenario = try Scenario(manifest)
        let result = try scenario.run(["jobs.yaml"])
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
        return (scenario, result)
    }

    @Test func `its three streams are a terminal, and the controlling one`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              look:
                tty: true
                command: |
                  test -t 0 && test -t 1 && test -t 2 && tty <&0
                  stty size; echo error >&2; echo here > /dev/tty
                  ls -d --color=auto /
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        let lines = try scenario.log("look").split(separator: "\r\n")
        #expect(lines.count == 5 && lines[0].hasPrefix("/dev/pts/"), "\(lines)")
        #expect(lines[1..<4] == ["24 80", "error", "here"])
        // Colours, in the log and on the screen.
        #expect(lines.last?.hasPrefix("\u{1B}[") == true)
        #expect(result.output.contains(lines[4]))
    }

    @Test func `what is written is logged to the last byte, and matched without the end of the line`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              much:
                tty: true
                command: "echo ready; stty raw; head -c 3000000 /dev/zero | tr '\\\\0' x; sleep 1000"
                ready: { line: "^ready$$" }
              count: { command: "until [ $(stat -c %s $LOG) = 3000007 ]; do sleep 0.05; done", depends_on: [much],
                       env: { LOG: .pkrun/latest/logs/much.log }, timeout: 60s }
            """
        )
        #expect(result.exitCode == 0, "\(result.output.suffix(500))")
        let log = try scenario.bytes(".pkrun/latest/logs/much.log")
        #expect(log.starts(with: "ready\r\n".utf8))
        #expect(log.dropFirst(7).allSatisfy { $0 == UInt8(ascii: "x") })
    }

    @Test func `an input that is given is read, and what outlives the job is ended`() throws {
        let (scenario, result) = try run(
            """
            jobs:
              reader:
                tty: true
                stdin: { text: "typed\\n" }
                command: "test -t 0 || cat; (trap '' HUP; exec sleep 1000) & sleep 0.1"
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try scenario.log("reader") == "typed\r\n")
        #expect(result.output.contains("sleep 1000"), "\(result.output)")
    }

    @Test func `a stop asks before the terminal hangs up`() throws {
        let scenario = try Scenario(
            """
            jobs:
              polite:
                tty: true
                kind: service
                command: "trap 'echo hung up' HUP; trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.05; done"
            """
        )
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(pkrun.waitForOutput("ready"))
        pkrun.signal(2)
        #expect(try pkrun.wait().exitCode == 130)
        let log = try scenario.log("polite")
        #expect(log.contains("asked") && !log.contains("hung up"), "\(log)")
    }

    @Test func `its window is what is left beside the prefix, also when the terminal changes`() throws {
        let scenario = try Scenario(
            """
            jobs:
              look:
                tty: true
                command: "trap 'echo now; stty size; exit 0' WINCH; echo first; stty size; while :; do sleep 0.05; done"
            """
        )
        let terminal = try PseudoTerminal()
        try terminal.resize(rows: 50, columns: 120)
        let pkrun = try scenario.start(["jobs.yaml"], on: terminal)
        #expect(terminal.waitFor("50 112"))
        try terminal.resize(rows: 40, columns: 100)
        #expect(try pkrun.wait().exitCode == 0)
        #expect(try scenario.log("look") == "first\r\n50 112\r\nnow\r\n40 92\r\n")
    }

    @Test func `nothing of it outlives a pkrun that is killed`() throws {
        let scenario = try Scenario(
            """
            jobs:
              deaf: { tty: true, command: "trap '' HUP TERM; echo ready; while :; do sleep 0.05; done" }
            """
        )
        let pkrun = try scenario.start(["jobs.yaml"])
        #expect(pkrun.waitForOutput("ready"))
        pkrun.signal(9)
        _ = try pkrun.wait()
        #expect(eventually { scenario.processes().isEmpty }, "\(scenario.processDescriptions())")
    }
}
