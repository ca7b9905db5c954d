import CPkrunBench
import PkrunSystem

/// Measures pkrun beside what it must not be slower than, in one run, and prints ratios.
///
/// `pkrun-bench [ROUNDS]` measures the command, `pkrun-bench scheduling [ROUNDS]` many jobs, `pkrun-bench engine
/// [ROUNDS]` the library, `pkrun-bench manifest [ROUNDS]` the reader of manifests. The other words are what it starts
/// itself as.
@main
enum Bench {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        switch words.first {
        case "spawn-loop": try unsafe check(bench_spawn_loop("/bin/true", number(1) ?? 1000, number(2) ?? 2))
        case "write-lines": try check(bench_write_lines(1 << 30))
        case "tell-time": bench_tell_time()
        case "bear": bench_bear(number(1) ?? 1)
        case "own": try ContainedBench().own(number(1).map(Int.init) ?? 1)
        case "engine": try await EngineSuite(rounds: number(1).map(Int.init) ?? 20).run()
        case "manifest": try await ManifestSuite(rounds: number(1).map(Int.init) ?? 5).run()
        case "scheduling": try SchedulingSuite(rounds: number(1).map(Int.init) ?? 5).run()
        default: try Suite(rounds: number(0).map(Int.init) ?? 5).run()
        }
    }

    /// The number at a place on the command line, which begins with 0.
    private static func number(_ index: Int) -> Int32? {
        CommandLine.arguments.dropFirst(index + 1).first.flatMap { Int32($0) }
    }

    static func check(_ errorNumber: Int32) throws {
        if errorNumber != 0 { throw SystemError("bench", errorNumber: errorNumber) }
    }
}
