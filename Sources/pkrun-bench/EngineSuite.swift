import CPkrunBench
import PkrunSystem
import ProcessKit

/// The containment without the command around it, beside C that contains nothing.
struct EngineSuite {
    let rounds: Int
    let contained: ContainedBench

    /// So many starts in each round.
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

    /// By turns, one after the other: what else the machine is doing slows all of them alike.
    private func starts(_ circumstance: String) throws {
        var times = Comparison("/bin/true, started and waited for \(circumstance)")
        for _ in 0..<(rounds * Self.batch) {
            times.add("posix_spawn in C", try Self.time { try unsafe Bench.check(bench_spawn_wait("/bin/true")) })
            times.add("contained", try Self.time { try contained.runAndWait() })
        }
        times.report()
    }

    /// By turns too, but for the peers, which have a process of their own to measure in.
    private func captures(_ circumstance: String) async throws {
        var times = Comparison("/bin/true, captured \(circumstance)")
        for _ in 0..<(rounds * Self.batch) {
            times.add("posix_spawn in C", try Self.time { try unsafe Bench.check(bench_spawn_capture("/bin/true")) })
            times.add("contained", try Self.time { try contained.runAndCapture() })
            let start = MonotonicClock.now
            _ = try await Command("/bin/true").output()
            times.add("ProcessKit", MonotonicClock.now - start)
        }
        let python = PythonPeers(batch: Self.batch)
        for _ in 0..<rounds {
            for (name, time) in try await python.captures() { times.add(name, time / Self.batch) }
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

    private static func time(_ body: () throws -> Void) throws -> Duration {
        let start = MonotonicClock.now
        try body()
        return MonotonicClock.now - start
    }
}
