internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport

/// The test owner as a child of the test, with a mark on it and on all that it starts.
final class OwnerProcess {
    let marked = MarkedProcesses()
    let processID: Int32
    private let descriptor: ProcessDescriptor
    private let input: OwnedDescriptor
    private let output: OwnedDescriptor
    private var isReaped = false
    private var received = ""

    /// - Parameter prologue: what a shell does before it becomes the owner.
    init(
        _ mechanism: Mechanism,
        _ scenario: String,
        _ script: String,
        prologue: String = "",
        in place: Birthplace = .here
    ) throws {
        let executable = BuiltProgram.path("pkrun-test-owner")
        let stdin = try Pipe()
        let stdout = try Pipe()
        let errors = try OwnedDescriptor.open("/dev/null", .writeOnly)
        let request = SpawnRequest(
            arguments: ["sh", "-c", "\(prologue) exec \"$@\"", "sh", executable, mechanism.rawValue, scenario, script],
            environment: CurrentProcess.environment + [marked.mark],
            workingDirectory: "/",
            standardInput: stdin.readEnd.number,
            standardOutput: stdout.writeEnd.number,
            standardError: errors.number
        )
        guard case .started(let processID, let descriptor?) = try ProcessSpawner().spawn(request, in: place) else {
            throw DeadlinePassed(what: "the owner to start")
        }
        self.processID = processID
        self.descriptor = descriptor
        input = stdin.split { _, writeEnd in writeEnd }
        output = stdout.split { readEnd, _ in readEnd }
    }

    deinit {
        kill()
    }

    /// The owner dies without a word, as by the out-of-memory killer.
    func kill() {
        _ = try? descriptor.send(9)
        reap()
    }

    /// SIGSTOP: it lives, but does nothing about what happens.
    func freeze() {
        _ = try? descriptor.send(19)
    }

    /// Waits until it ends by itself.
    func reap() {
        guard !isReaped else { return }
        isReaped = true
        _ = ProcessExit.reap(.process(processID), waiting: true)
    }

    /// The next line that the owner, or a job of it, writes; `nil` when there will be none.
    func readLine() throws -> String? {
        while !received.contains("\n") {
            var buffer = [UInt8](repeating: 0, count: 4096)
            guard let count = try output.borrowed.read(into: &buffer), count > 0 else { return nil }
            received += String(decoding: buffer[..<count], as: UTF8.self)
        }
        let line = received.prefix { $0 != "\n" }
        received.removeFirst(line.count + 1)
        return String(line)
    }

    /// The last line of all, when nobody writes any more.
    func lastLine() throws -> String? {
        var last: String?
        while let line = try readLine() { last = line }
        return last
    }

    func write(_ text: String) throws {
        try input.borrowed.writeAll(text)
    }

    /// The living processes that it started, the guardians among them, itself left out.
    func descendants() -> [ProcessRecord] {
        marked.living().filter { $0.processID != processID }
    }

    /// Waits until none of them is left.
    func waitForDescendantsToEnd() throws {
        try Reactor().run(until: { descendants().isEmpty }, or: "every descendant to end")
    }

    /// A guardian other than the one given, as soon as it bears its name.
    func guardian(otherThan former: Int32? = nil) throws -> ProcessRecord {
        var found: ProcessRecord?
        try Reactor().run(
            until: {
                found = guardians().first { $0.processID != former }
                return found != nil
            },
            or: "a guardian"
        )
        guard let found else { throw DeadlinePassed(what: "a guardian") }
        return found
    }

    func guardians() -> [ProcessRecord] {
        descendants().filter { $0.name == "pk-guardian" }
    }
}

extension RunDirectories {
    init(of owner: OwnerProcess) throws {
        let job = owner.descendants().first { $0.name != "pk-guardian" }
        try self.init(of: job?.processID ?? 0)
    }
}
