import PkrunSystem

/// What is measured. Within a comparison the rounds alternate, so that a noisy neighbour disturbs all alike.
struct Suite {
    let rounds: Int
    private let workshop: Workshop

    init(rounds: Int) throws {
        self.rounds = rounds
        workshop = try Workshop()
    }

    func run() throws {
        defer { workshop.remove() }
        try tasks()
        try capture()
        try startUp()
        try idle()
    }

    /// A thousand contained and logged tasks, two at a time.
    private func tasks() throws {
        try workshop.write("Makefile", (0..<1000).reduce(into: "all: \(targets)\n") { $0 += "t\($1):\n\t@/bin/true\n" })
        try workshop.write(
            "tasks.yaml",
            (0..<1000).reduce(into: "concurrency: 2\njobs:\n") { $0 += "  t\($1): { command: [/bin/true] }\n" }
        )
        try compare(
            "1,000 x /bin/true, two at a time",
            [
                ("posix_spawn loop in C", [workshop.bench, "spawn-loop"]),
                ("make -j2", ["make", "-s", "-j2", "-C", workshop.path]),
                ("pkrun", [workshop.pkrun, "up", "-q", "-f", "\(workshop.path)/tasks.yaml"]),
            ]
        )
    }

    private var targets: String { (0..<1000).map { "t\($0)" }.joined(separator: " ") }

    /// A gigabyte of lines into a log.
    private func capture() throws {
        try workshop.write("lines.yaml", "jobs:\n  lines: { command: [\(workshop.bench), write-lines] }\n")
        let file = "\(workshop.path)/lines"
        let manifest = "\(workshop.path)/lines.yaml"
        try compare(
            "1 GB of 100-byte lines",
            [
                ("| cat > file", ["sh", "-c", "'\(workshop.bench)' write-lines | cat > '\(file)'"]),
                ("> file", ["sh", "-c", "'\(workshop.bench)' write-lines > '\(file)'"]),
                ("pkrun, logged", [workshop.pkrun, "up", "-q", "-f", manifest]),
                ("pkrun, logged and shown", [workshop.pkrun, "up", "-f", manifest]),
            ],
            leftovers: [".pkrun", "lines"]
        )
    }

    private func startUp() throws {
        try workshop.write("small.yaml", "jobs:\n  hello: { command: echo hello }\n")
        try compare(
            "start-up",
            [
                ("/bin/true", ["/bin/true"]),
                ("pkrun check", [workshop.pkrun, "check", "\(workshop.path)/small.yaml"]),
            ],
            times: 20
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

    /// - Parameter leftovers: what is removed before each command, where the disk would else still be busy with it.
    private func compare(
        _ title: String,
        _ contestants: [(name: String, command: [String])],
        times repetitions: Int = 1,
        leftovers: [String] = []
    ) throws {
        var times = Array(repeating: [Double](), count: contestants.count)
        for _ in 0..<(rounds * repetitions) {
            for (index, contestant) in contestants.enumerated() {
                for leftover in leftovers { workshop.remove(leftover) }
                times[index].append(try Measured.seconds(contestant.command, in: workshop))
            }
        }
        print("\n\(title)")
        let base = Statistics(times[0])
        for (contestant, times) in zip(contestants, times) {
            print("  \(Statistics(times).line(contestant.name, against: base))")
        }
    }
}
