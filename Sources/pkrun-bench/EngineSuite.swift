import CPkrunBench
import PkrunSystem
import ProcessKit

/// The containment without the command around it, beside C that contains nothing.
struct EngineSuite {
    let rounds: Int
    let contained: ContainedBench

    /// So many starts are one measurement.
    private static let batch = 50

    init(rounds: Int) throws {
        self.rounds = rounds
        contained = try ContainedBench()
    }

    func run() async throws {
        defer { contained.close() }
        print("containment: \(contained.mechanism)")
        for megabytes in [10, 500] {
            let ballast = Ballast(megabytes: megabytes)
            try starts("by a parent of \(megabytes) MB")
            try await captures("by a parent of \(megabytes) MB")
            ballast.drop()
        }
        for size in [10, 100, 1000, 10_000] { try teardown(of: size) }
        try await endings()
        try memory()
    }

    private func starts(_ circumstance: String) throws {
        var times = Comparison("\(Self.batch) x /bin/true, started and waited for \(circumstance)")
        for _ in 0..<rounds {
            times.add(
                "posix_spawn in C",
                try repeated { try unsafe Bench.check(bench_spawn_wait("/bin/true")) }
            )
            times.add("contained", try repeated { try contained.runAndWait() })
        }
        times.report()
    }

    private func captures(_ circumstance: String) async throws {
        let python = PythonPeers(batch: Self.batch)
        var times = Comparison("\(Self.batch) x /bin/true, captured \(circumstance)")
        for _ in 0..<rounds {
            var native = Duration.zero
            var engine = Duration.zero
            var library = Duration.zero
            // By turns: what else the machine is doing slows all of them alike.
            for _ in 0..<Self.batch {
                native += try Self.time { try unsafe Bench.check(bench_spawn_capture("/bin/true")) }
                engine += try Self.time { try contained.runAndCapture() }
                let start = MonotonicClock.now
                _ = try await Command("/bin/true").output()
                library += MonotonicClock.now - start
            }
            times.add("posix_spawn in C", native)
            times.add("contained", engine)
            times.add("ProcessKit", library)
            for (name, time) in try await python.captures() { times.add(name, time) }
        }
        times.report()
    }

    private func teardown(of size: Int) throws {
        guard contained.offersCgroups else { return }
        var times = Comparison("teardown of \(size) processes")
        for _ in 0..<rounds {
            times.add("cgroup.kill in C", try contained.timeOfKernelKill(of: size))
            times.add("contained", try contained.timeOfKill(of: size))
        }
        times.report()
    }

    private func repeated(_ body: () throws -> Void) throws -> Duration {
        try Self.time { for _ in 0..<Self.batch { try body() } }
    }

    private static func time(_ body: () throws -> Void) throws -> Duration {
        let start = MonotonicClock.now
        try body()
        return MonotonicClock.now - start
    }
}
