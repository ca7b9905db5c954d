import PkrunSystem

/// The command as people meet it: its output, its start-up, its rest.
struct Suite {
    let rounds: Int
    private let workshop: Workshop

    init(rounds: Int) throws {
        self.rounds = rounds
        workshop = try Workshop()
    }

    func run() throws {
        defer { workshop.remove() }
        try capture()
        try startUp()
        try idle()
    }

    /// A gigabyte of lines into a log.
    private func capture() throws {
        try workshop.write("lines.yaml", "jobs:\n  lines: { command: [\(workshop.bench), write-lines] }\n")
        let file = "\(workshop.path)/lines"
        let manifest = "\(workshop.path)/lines.yaml"
        try workshop.compare(
            "1 GB of 100-byte lines",
            [
                ("| cat > file", ["sh", "-c", "'\(workshop.bench)' write-lines | cat > '\(file)'"]),
                ("> file", ["sh", "-c", "'\(workshop.bench)' write-lines > '\(file)'"]),
                ("pkrun, logged", [workshop.pkrun, "up", "-q", "-f", manifest]),
                ("pkrun, logged and shown", [workshop.pkrun, "up", "-f", manifest]),
            ],
            rounds: rounds
        ) {
            // The disk would else still be busy with them.
            for leftover in [".pkrun", "lines"] { workshop.remove(leftover) }
        }
    }

    private func startUp() throws {
        try workshop.write("small.yaml", "jobs:\n  hello: { command: echo hello }\n")
        try workshop.compare(
            "start-up",
            [
                ("/bin/true", ["/bin/true"]),
                ("pkrun check", [workshop.pkrun, "check", "\(workshop.path)/small.yaml"]),
            ],
            rounds: 20 * rounds
        )
    }

    /// What pkrun holds while fifty services do nothing.
    private func idle() throws {
        try workshop.write(
            "idle.yaml",
            (0..<50).reduce(into: "jobs:\n") { $0 += "  s\($1): { command: [sleep, '1000'], kind: service }\n" }
        )
        let run = try Measured.start([workshop.pkrun, "up", "-q", "-f", "\(workshop.path)/idle.yaml"], in: workshop)
        while Measured.children(of: run) < 51 { MonotonicClock.sleep(for: .milliseconds(20)) }
        print("\nidle with 50 services")
        for line in try Measured.memory(of: run) { print("  \(line)") }
        Measured.stop(run)
    }
}
