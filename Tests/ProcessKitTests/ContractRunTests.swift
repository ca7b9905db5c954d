internal import PkrunSystem
internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// Running, feeding and reading single commands: A13, A14, A16.
@Suite struct ContractRunTests {
    @Test("A13, B10: captured bytes are exact", arguments: Offered.mechanisms)
    func exactBytes(_ mechanism: Mechanism) async throws {
        let output = try await Command(shell: #"printf 'a\r\n\000\377b'; printf 'err\r\nno newline' >&2; exit 4"#)
            .output(demanding: mechanism)
        #expect(output.standardOutput == Array("a\r\n\0".utf8) + [0xFF, UInt8(ascii: "b")])
        #expect(output.standardError == Array("err\r\nno newline".utf8))
        #expect(output.status == .exited(4) && output.result.reason == .byItself)
        #expect(throws: ProcessError.failed(.exited(4), standardError: "err\r\nno newline")) { try output.checked() }
        #expect(try await Command("echo", ["fine"]).text(demanding: mechanism) == "fine\n")
    }

    @Test("A13: lines of both streams, the last one without a newline")
    func lines() async throws {
        let process = try await Command(shell: "echo one; echo two >&2; sleep 0.05; printf three").start()
        var seen: Set<String> = []
        for await line in process.lines { seen.insert("\(line.stream) \(line.text) \(line.endsWithNewline)") }
        #expect(
            seen == ["standardOutput one true", "standardError two true", "standardOutput three false"]
        )
    }

    @Test("A13: input from nowhere, from bytes, from a file, from a writer")
    func input() async throws {
        var cat = Command("cat")
        #expect(try await cat.text() == "")
        // More than a pipe holds.
        let much = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
        cat.standardInput = .bytes(much)
        #expect(try await cat.output().standardOutput == much)
        cat.standardInput = .file("/proc/self/comm")
        #expect(try await !cat.text().isEmpty)
        cat.standardInput = .writer
        let process = try await cat.start()
        try await process.write("ping\n")
        try await process.waitForLine(within: patience) { $0.text == "ping" }
        await process.closeInput()
        #expect(try await process.result().status.isSuccess)
        await #expect(throws: ProcessError.inputClosed) { try await process.write("late") }
    }

    @Test("A13: streams that are this program's own, a file, or nothing", arguments: Offered.mechanisms)
    func streams(_ mechanism: Mechanism) async throws {
        let place = try TemporaryPlace()
        var command = Command("readlink", ["/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2"])
        command.standardInput = .inherited
        command.standardOutput = .file("\(place.path)/out")
        command.standardError = .inherited
        for _ in 0..<2 { #expect(try await command.output(demanding: mechanism).status.isSuccess) }
        let links = try [0, 2].map { try FileSystem.linkTarget("/proc/self/fd/\($0)") }
        let text = String(decoding: try FileSystem.contents(of: "\(place.path)/out"), as: UTF8.self)
        #expect(text == "\(links[0])\n\(place.path)/out\n\(links[1])\n")
        command.standardOutput = .discarded
        #expect(try await command.output(demanding: mechanism).standardOutput.isEmpty)
    }

    @Test("A13: one that does not read what it is given ends all the same")
    func unreadInput() async throws {
        var command = Command("true")
        command.standardInput = .bytes([UInt8](repeating: 0, count: 1_000_000))
        #expect(try await command.output().status.isSuccess)
    }

    @Test("A13: timeout and silence end the whole tree", arguments: Offered.mechanisms)
    func timeouts(_ mechanism: Mechanism) async throws {
        let marked = MarkedProcesses()
        var command = Command(shell: "setsid sleep 1000 & while :; do echo busy; sleep 0.02; done")
        command.environment = marked.environment
        command.timeout = .milliseconds(300)
        let late = try await command.output(demanding: mechanism)
        #expect(late.result.reason == .timedOut && marked.living().isEmpty)
        #expect(throws: ProcessError.timedOut) { try late.checked() }

        command = Command(shell: "i=0; while [ $i -lt 20 ]; do echo busy; sleep 0.02; i=$((i+1)); done; sleep 1000")
        command.idleTimeout = .milliseconds(300)
        let silent = try await command.output(demanding: mechanism)
        #expect(silent.result.reason == .idle)
        #expect(silent.text == String(repeating: "busy\n", count: 20))
    }

    @Test("A13: cancelling the task ends the tree", arguments: Offered.mechanisms)
    func cancellation(_ mechanism: Mechanism) async throws {
        let marked = MarkedProcesses()
        var command = Command(shell: "setsid sleep 1000 & sleep 1000")
        command.environment = marked.environment
        let task = Task { [command] in try await command.output(demanding: mechanism) }
        try await eventually { marked.living().count { $0.name == "sleep" } == 2 }
        task.cancel()
        let outcome = await task.result
        #expect(throws: ProcessError.cancelled) { try outcome.get() }
        #expect(marked.living().isEmpty)
    }

    @Test("A14: restarts until there were enough")
    func supervision() async throws {
        let backoff = Backoff(initial: .milliseconds(1))
        let failing = Supervisor(Command(shell: "exit 3"), backoff: backoff, maximumRestarts: 3)
        #expect(try await failing.run().map(\.status) == Array(repeating: .exited(3), count: 4))
        let succeeding = Supervisor(Command("true"), backoff: backoff)
        #expect(try await succeeding.run().count == 1)
        let steady = Supervisor(Command("true"), policy: .always, backoff: backoff, maximumRestarts: 2)
        #expect(try await steady.run().count == 3)
    }

    @Test("A16, A17: environment, directory, and why a start fails", arguments: Offered.mechanisms)
    func surroundings(_ mechanism: Mechanism) async throws {
        var command = Command("/usr/bin/env")
        command.environment = .empty.setting("A", to: "1").setting("B", to: nil)
        #expect(try await command.text(demanding: mechanism) == "A=1\n")
        command = Command("/bin/pwd")
        command.workingDirectory = "/usr"
        #expect(try await command.text(demanding: mechanism) == "/usr\n")
        do {
            command = Command("no-such-program")
            command.environment = .empty.setting("PATH", to: "/usr/bin:/bin")
            _ = try await command.start(demanding: mechanism)
            Issue.record("a program that is not there was started")
        } catch .startFailed(let failure) {
            #expect(failure.step == .execute && failure.subject == "no-such-program")
            #expect(failure.errorNumber == ErrorNumber.noEntry)
        }
    }

    @Test(
        "A17: a start that fails says what may help",
        arguments: [
            ("/etc/passwd", "Permission denied; is it executable? chmod +x makes it so"),
            ("no-such-program", "No such file or directory; is it installed, and in PATH?"),
        ]
    )
    func advice(program: String, words: String) async {
        do {
            _ = try await Command(program).text()
            Issue.record("it was started")
        } catch {
            #expect(String(describing: error).contains(words))
        }
    }

    @Test("Pipelines blame the stage that failed", arguments: Offered.mechanisms)
    func pipelines(_ mechanism: Mechanism) async throws {
        let count = Command("seq", ["100000"]) | Command("grep", ["7"]) | Command("wc", ["-l"])
        let fine = try await count.output(demanding: mechanism)
        #expect(fine.text == "40951\n" && fine.blamed == nil && fine.status.isSuccess)
        let broken = try await (Command("yes") | Command(shell: "head -n 1; exit 9") | Command("cat"))
            .output(demanding: mechanism)
        #expect(broken.text == "y\n" && broken.blamed == 1 && broken.status == .exited(9))
        #expect(broken.results.first?.status == .signaled(.brokenPipe))
        await #expect(throws: ProcessError.self) {
            try await (Command("yes") | Command("no-such-program")).output(demanding: mechanism)
        }
    }
}
