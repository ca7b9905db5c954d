import CPkrunBench
import Glibc
import PkrunSystem
import ProcessKit

/// How soon an end is noticed, and what a living process costs.
extension EngineSuite {
    func endings() async throws {
        var times = Comparison("from SIGTERM to the news that the process, and its tree, have ended")
        for _ in 0..<(rounds * 10) {
            times.add("kill and waitpid in C", try Self.kernelEnd())
            times.add("contained", try contained.timeOfEnd())
            let process = try await Command("sleep", ["1000"]).start()
            ContainedBench.waitUntilExecuted(process.processID)
            times.add("ProcessKit, stop", await process.stop().elapsed)
        }
        times.report()

        times = Comparison("from SIGKILL of the owner of 50 processes to the end of the last of them")
        for _ in 0..<rounds { times.add("guardian", try contained.timeOfOwnerDeath()) }
        times.report()
    }

    /// What the owner holds for each process that it contains, without the process itself.
    func memory() throws {
        let count = 500
        let before = try Measured.privateKilobytes(of: CurrentProcess.identifier)
        let trees = try (0..<count).map { _ in try contained.startSleeping() }
        let after = try Measured.privateKilobytes(of: CurrentProcess.identifier)
        let share = (after - before) * 1024 / count
        print("\nmemory of the owner for each of \(count) contained processes: \(share) bytes")
        for tree in trees { try contained.end(tree) }
    }

    private static func kernelEnd() throws -> Duration {
        var child: Int32 = 0
        try unsafe Bench.check(bench_spawn_sleep(&child))
        let pidfd = try ProcessDescriptor(of: child)
        ContainedBench.waitUntilExecuted(child)
        let start = MonotonicClock.now
        _ = try pidfd.send(SIGTERM)
        _ = bench_wait(child)
        return MonotonicClock.now - start
    }
}
