import PkrunSystem

/// Many jobs, and chains of them, beside those who contain and log nothing.
struct SchedulingSuite {
    let rounds: Int
    let workshop: Workshop

    init(rounds: Int) throws {
        self.rounds = rounds
        workshop = try Workshop()
    }

    func run() throws {
        defer { workshop.remove() }
        for count in [1000, 10_000] { try tasks(count) }
        try chain(of: 1000)
        try waiting()
        try ServiceChain(length: 20, rounds: rounds, workshop: workshop).run()
    }

    private func tasks(_ count: Int) throws {
        try write(count) { _ in nil }
        try race("\(count) x /bin/true, two at a time", width: 2, count)
    }

    private func chain(of count: Int) throws {
        try write(count) { $0 == 0 ? nil : $0 - 1 }
        try race("\(count) x /bin/true, each after the one before", width: 1, count)
    }

    private func race(_ title: String, width: Int, _ count: Int) throws {
        var contestants = [
            ("posix_spawn loop in C", [workshop.bench, "spawn-loop", "\(count)", "\(width)"]),
            ("make -j2", ["make", "-s", "-j2", "-C", workshop.path]),
            ("pkrun", [workshop.pkrun, "up", "-q", "-f", "\(workshop.path)/tasks.yaml"]),
        ]
        if workshop.has("ninja") {
            contestants.append(("ninja -j2", ["ninja", "--quiet", "-j2", "-C", workshop.path]))
        }
        try workshop.compare(title, contestants, rounds: rounds) {
            workshop.remove(".ninja_log")
            // Not removed yet: ext4 without a journal would be searching for inodes that have not just been freed.
            try workshop.putAside(".pkrun")
        }
    }

    /// The same tasks for every contestant.
    private func write(_ count: Int, after dependency: (Int) -> Int?) throws {
        let tasks = 0..<count
        let all = tasks.map { "t\($0)" }.joined(separator: " ")
        try workshop.write(
            "Makefile",
            tasks.reduce(into: "all: \(all)\n") { text, task in
                text += "t\(task):\(dependency(task).map { " t\($0)" } ?? "")\n\t@/bin/true\n"
            }
        )
        try workshop.write(
            "build.ninja",
            tasks.reduce(into: "rule true\n  command = /bin/true\n") { text, task in
                text += "build t\(task): true\(dependency(task).map { " t\($0)" } ?? "")\n"
            }
        )
        try workshop.write(
            "tasks.yaml",
            tasks.reduce(into: "concurrency: 2\njobs:\n") { text, task in
                let after = dependency(task).map { ", depends_on: [t\($0)]" } ?? ""
                text += "  t\(task): { command: [/bin/true]\(after) }\n"
            }
        )
    }

    /// What pkrun holds for each job that waits for another.
    private func waiting() throws {
        let few = try memory(waiting: 1000)
        let many = try memory(waiting: 11_000)
        print("\nmemory of a waiting job\n  \(Double((many - few) * 1024 / 1000) / 10) bytes")
    }

    private func memory(waiting count: Int) throws -> Int {
        try workshop.write(
            "waiting.yaml",
            (0..<count).reduce(into: "jobs:\n  first: { command: [sleep, '1000'] }\n") { text, job in
                text += "  t\(job): { command: [/bin/true], depends_on: [first] }\n"
            }
        )
        let run = try Measured.start([workshop.pkrun, "up", "-q", "-f", "\(workshop.path)/waiting.yaml"], in: workshop)
        defer { Measured.stop(run) }
        while Measured.children(of: run) < 2 { MonotonicClock.sleep(for: .milliseconds(20)) }
        return try Measured.privateKilobytes(of: run)
    }
}
