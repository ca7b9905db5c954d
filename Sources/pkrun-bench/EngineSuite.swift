import CPkrunBench
import PkrunSystem
import ProcessKit

/// The containment without the command around it, beside C that contains nothing.
struct EngineSuite {
    private let rounds: Int
    private let contained: ContainedBench

    /// So many starts are one measurement.
    private static let batch = 50

    init(rounds: Int) throws {
        self.rounds = rounds
        contained = try ContainedBench()
    }

    func run() async throws {
        defer { contained.close() }
        print("containment: \(contained.mechanism)")
        try starts()
        try await captures()
        for size in [10, 100, 1000] { try teardown(of: size) }
    }

    private func starts() throws {
        var times = Comparison("\(Self.batch) x /bin/true, started and waited for")
        for _ in 0..<rounds {
            times.add(
                "posix_spawn in C",
                try repeated { try unsafe Bench.check(bench_spawn_wait("/bin/true")) }
            )
            times.add("contained", try repeated { try contained.runAndWait() })
        }
        times.report()
    }

    private func captures() async throws {
        var times = Comparison("\(Self.batch) x /bin/true, captured")
        for _ in 0..<rounds {
            times.add(
                "posix_spawn in C",
                try repeated { try unsafe Bench.check(bench_spawn_capture("/bin/true")) }
            )
            times.add("contained", try repeated { try contained.runAndCapture() })
            let start = MonotonicClock.now
            for _ in 0..<Self.batch { _ = try await Command("/bin/true").output() }
            times.add("ProcessKit", MonotonicClock.now - start)
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
        let start = MonotonicClock.now
        for _ in 0..<Self.batch { try body() }
        return MonotonicClock.now - start
    }
}
