import ProcessKit
internal import Testing

/// Programs that read to the end where nobody has anything to write with: A13.
@Suite struct ContractUnattendedTests {
    /// Says when it has read the end. That nobody tells it shows in the reason for which it has ended.
    private static func readers() -> [Command] {
        let inputs: [(StandardInput, Terminal?)] = [(.writer, nil), (.writer, Terminal()), (.none, Terminal())]
        return inputs.map { input, terminal in
            var command = Command(shell: "cat; echo end")
            command.standardInput = input
            command.terminal = terminal
            command.timeout = .seconds(60)
            return command
        }
    }

    @Test("A13: a run to the end reads the end at once", arguments: Offered.mechanisms)
    func output(_ mechanism: Mechanism) async throws {
        for command in Self.readers() {
            let output = try await command.output(demanding: mechanism)
            #expect(output.result.reason == .byItself && output.text.contains("end"))
        }
    }

    @Test("A13: so does each command of a batch")
    func batch() async throws {
        for result in try await Batch(Self.readers(), concurrency: 3).outputs() {
            let output = try result.get()
            #expect(output.result.reason == .byItself && output.text.contains("end"))
        }
    }

    @Test("A13: so does the first stage of a pipeline")
    func pipeline() async throws {
        for command in Self.readers() {
            let output = try await (command | Command("cat")).output()
            #expect(output.results.map(\.reason) == [.byItself, .byItself] && output.text == "end\n")
        }
    }

    @Test("A14: so does what a supervisor keeps running")
    func supervision() async throws {
        for command in Self.readers() {
            #expect(try await Supervisor(command, maximumRestarts: 0).run().map(\.reason) == [.byItself])
        }
    }
}
