internal import PkrunContainment
internal import PkrunSystem

/// The three streams of a new process, and its terminal. Its own ends are closed here when this value goes.
struct ChildStreams: ~Copyable {
    private var input: ChildStream
    private var output: ChildStream
    private var error: ChildStream
    let terminal: TerminalPair?

    /// - Parameters:
    ///   - input: what it reads from, in place of what the command says.
    ///   - output: what it writes to, in place of what the command says.
    ///   - nothing: a descriptor of `/dev/null`.
    static func make(
        for command: Command,
        input: Int32?,
        output: Int32?,
        nothing: Int32
    ) throws(SystemError) -> ChildStreams {
        let terminal = try command.terminal.map { wanted throws(SystemError) in
            try TerminalPair(wanted.size, echoes: wanted.echoes)
        }
        if let identity = command.identity { try terminal?.give(to: identity.userID) }
        let side = terminal?.programSide
        return ChildStreams(
            input: try .input(command.standardInput, given: input, terminal: side, nothing: nothing),
            output: try .output(
                command.standardOutput,
                given: output,
                terminal: side,
                inherited: .standardOutput,
                nothing: nothing
            ),
            error: try .output(
                command.standardError,
                given: nil,
                terminal: side,
                inherited: .standardError,
                nothing: nothing
            ),
            terminal: terminal
        )
    }

    var numbers: (input: Int32, output: Int32, error: Int32) { (input.number, output.number, error.number) }

    @ProcessThread
    mutating func takePipes(for tree: ContainedTree) throws(SystemError) -> [OutputPipe] {
        var pipes: [OutputPipe] = []
        if let terminal { pipes.append(OutputPipe(.standardOutput, try terminal.ownSide(), of: tree)) }
        if let readEnd = output.takeOwnEnd() {
            pipes.append(OutputPipe(.standardOutput, readEnd, keeping: output.takeChildEnd(), of: tree))
        }
        if let readEnd = error.takeOwnEnd() {
            pipes.append(OutputPipe(.standardError, readEnd, keeping: error.takeChildEnd(), of: tree))
        }
        return pipes
    }

    @ProcessThread
    mutating func takeWriter() throws(SystemError) -> InputWriter? {
        if let terminal { return InputWriter(try terminal.ownSide(), isTerminal: true) }
        guard let writeEnd = input.takeOwnEnd() else { return nil }
        return InputWriter(writeEnd)
    }
}

extension SpawnRequest {
    init(_ command: Command, _ streams: borrowing ChildStreams) {
        let numbers = streams.numbers
        self.init(
            arguments: [command.nameArgument ?? command.executable] + command.arguments,
            environment: command.environment.entries,
            workingDirectory: command.workingDirectory,
            standardInput: numbers.input,
            standardOutput: numbers.output,
            standardError: numbers.error,
            credentials: command.identity.map {
                Credentials(userID: $0.userID, groupID: $0.groupID, groups: $0.groups)
            },
            attributes: ProcessAttributes(
                fileModeMask: command.fileModeMask,
                niceness: command.niceness,
                ioPriority: command.ioPriority?.raw,
                processors: command.processors,
                limits: command.limits.map(\.raw)
            )
        )
        program = command.executable
        extraDescriptors = command.descriptors
        terminal = streams.terminal?.programSide
        leadsSession = command.leadsSession
    }
}
