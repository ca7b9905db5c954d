internal import PkrunSystem
import ProcessKit
internal import Testing

/// A terminal of a process's own: A16.
@Suite struct ContractTerminalTests {
    private static func command(_ script: String, _ terminal: Terminal = Terminal()) -> Command {
        var command = Command(shell: script)
        command.terminal = terminal
        return command
    }

    /// Reads until the text has been written.
    private static func wait(for text: String, from process: RunningProcess) async throws {
        try await process.waitForLine(within: patience) { $0.text.contains(text) }
    }

    @Test("A16: all three streams are a terminal, and the controlling one", arguments: Offered.mechanisms)
    func streams(_ mechanism: Mechanism) async throws {
        let script = "test -t 0 && test -t 1 && test -t 2 && tty <&0; stty size; echo here > /dev/tty; echo error >&2"
        let terminal = Terminal(rows: 30, columns: 100)
        let lines = try await Self.command(script, terminal).text(demanding: mechanism).split(separator: "\r\n")
        #expect(lines.count == 4 && lines[0].hasPrefix("/dev/pts/"))
        #expect(lines.dropFirst() == ["30 100", "here", "error"])
    }

    @Test("A16: a stage of a pipeline tells its errors on its terminal, too", arguments: Offered.mechanisms)
    func pipeline(_ mechanism: Mechanism) async throws {
        let middle = Self.command("cat; echo trouble >&2")
        let stages = Command("echo", ["water"]) | middle | Command("cat")
        let output = try await stages.output(demanding: mechanism)
        #expect(output.text == "water\n")
        #expect(output.standardErrors.map { String(decoding: $0, as: UTF8.self) } == ["", "trouble\r\n", ""])
    }

    @Test("A16: a window has another size, and the foreground hears of it", arguments: Offered.mechanisms)
    func resizing(_ mechanism: Mechanism) async throws {
        let script = "trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done"
        let process = try await Self.command(script).start(demanding: mechanism)
        try await Self.wait(for: "ready", from: process)
        try await process.resizeTerminal(rows: 33, columns: 99)
        try await Self.wait(for: "33 99", from: process)
        #expect(try await process.result().status == .exited(0))
        await #expect(throws: ProcessError.noTerminal) { try await process.resizeTerminal(rows: 1, columns: 1) }
    }

    @Test("A16: Ctrl-C is SIGINT to the foreground", arguments: Offered.mechanisms)
    func interruption(_ mechanism: Mechanism) async throws {
        let script = "trap 'exit 3' INT; echo ready; while :; do sleep 0.05; done"
        let process = try await Self.command(script).start(demanding: mechanism)
        try await Self.wait(for: "ready", from: process)
        try await process.write("\u{03}")
        #expect(try await process.result().status == .exited(3))
    }

    @Test("A16: a shell has job control", arguments: Offered.mechanisms)
    func jobControl(_ mechanism: Mechanism) async throws {
        var shell = Command("sh", ["-i"])
        shell.environment = .inherited.setting("ENV", to: nil)
        shell.terminal = Terminal()
        let process = try await shell.start(demanding: mechanism)
        try await process.write("sh -c 'echo fore''ground; exec sleep 1000'\n")
        try await Self.wait(for: "foreground", from: process)
        try await process.write("\u{1A}")
        try await Self.wait(for: "Stopped", from: process)
        try await process.write("jobs; kill %1; fg; exit 7\n")
        try await Self.wait(for: "sleep 1000", from: process)
        #expect(try await process.result().status == .exited(7))
    }

    @Test("A16: every byte arrives as it is where the program wants it so", arguments: Offered.mechanisms)
    func rawBytes(_ mechanism: Mechanism) async throws {
        // Every byte that there is, and more of them than a terminal holds.
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let place = try TemporaryPlace()
        let file = try OwnedDescriptor.open("\(place.path)/bytes", [.writeOnly, .create])
        try file.borrowed.writeAll(bytes.span)
        let output = try await Self.command("stty raw; cat \(place.path)/bytes").output(demanding: mechanism)
        #expect(output.standardOutput == bytes)
    }

    @Test("A16: what is typed is read to its end", arguments: Offered.mechanisms)
    func typing(_ mechanism: Mechanism) async throws {
        for (text, expected) in [("one\ntwo", "one\r\ntwo"), ("line\n", "line\r\n"), ("", "")] {
            var command = Self.command("cat", Terminal(echoes: false))
            command.standardInput = .bytes(Array(text.utf8))
            #expect(try await command.text(demanding: mechanism) == expected)
        }
    }

    @Test("A16: streams that are directed elsewhere go there", arguments: Offered.mechanisms)
    func otherStreams(_ mechanism: Mechanism) async throws {
        let script = "test -t 0 || test -t 2 || cat; echo lost >&2; tty </dev/tty >/dev/null && echo fine"
        var command = Self.command(script)
        command.standardInput = .file("/dev/null")
        command.standardError = .discarded
        #expect(try await command.text(demanding: mechanism) == "fine\r\n")
    }

    @Test("A16: who closes its terminal may open it again", arguments: Offered.mechanisms)
    func reopening(_ mechanism: Mechanism) async throws {
        let script = "exec </dev/null >/dev/null 2>&1; sleep 0.2; echo back >/dev/tty"
        #expect(try await Self.command(script).text(demanding: mechanism) == "back\r\n")
    }

    @Test("B7: who holds the terminal open costs nothing", arguments: Offered.mechanisms)
    func leftBehind(_ mechanism: Mechanism) async throws {
        // With the shell its foreground is hung up on; this one does not care.
        let output = try await Self.command("(trap '' HUP; exec sleep 1000) & sleep 0.1; echo done").output(
            demanding: mechanism
        )
        #expect(output.text == "done\r\n")
        #expect(output.result.leftBehind.map(\.name) == ["sleep"])
    }

    @Test("B3: a stop asks before it hangs up, and also who its terminal has stopped", arguments: Offered.mechanisms)
    func stopping(_ mechanism: Mechanism) async throws {
        let polite = try await Self.command(
            "trap 'echo hung up' HUP; trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.05; done"
        ).start(demanding: mechanism)
        try await Self.wait(for: "ready", from: polite)
        async let rest = polite.lines.reduce(into: "") { $0 += $1.text }
        #expect(await polite.stop(grace: patience).drained)
        #expect(await rest.contains("asked"))
        #expect(await !rest.contains("hung up"))

        // A background job that reads gets SIGTTIN.
        let reading = Self.command("set -m; cat </dev/tty & echo ready; sleep 1000")
        let stopped = try await reading.start(demanding: mechanism)
        try await Self.wait(for: "ready", from: stopped)
        try await eventually { await stopped.members().contains { Self.isStopped($0.processID) } }
        #expect(await stopped.stop(grace: patience).drained)
    }

    @Test(
        "A16: another user can open the terminal by its name",
        .enabled(if: CurrentProcess.effectiveUserID == 0, "only root may take another identity"),
        arguments: Offered.mechanisms
    )
    func otherUser(_ mechanism: Mechanism) async throws {
        var command = Self.command("echo hello > /dev/stdout")
        command.identity = Identity(userID: 23_461, groupID: 23_462)
        #expect(try await command.text(demanding: mechanism) == "hello\r\n")
    }

    /// State T of proc_pid_stat(5).
    private static func isStopped(_ processID: Int32) -> Bool {
        let stat = (try? FileSystem.contents(of: "/proc/\(processID)/stat")) ?? []
        return String(decoding: stat, as: UTF8.self).contains(") T ")
    }
}
