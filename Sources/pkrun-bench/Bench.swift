import CPkrunBench
import PkrunSystem

/// Measures pkrun beside what it must not be slower than, in one run, and prints ratios.
///
/// `pkrun-bench [ROUNDS]` measures the command, `pkrun-bench engine [ROUNDS]` the library. The other words are what it starts itself as.
@main
enum Bench {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        switch words.first {
        case "spawn-loop": try unsafe check(bench_spawn_loop("/bin/true", 1000, 2))
        case "write-lines": try check(bench_write_lines(1 << 30))
        case "bear": bench_bear(words.dropFirst().first.flatMap { Int32($0) } ?? 1)
        case "own": try ContainedBench().own(words.dropFirst().first.flatMap { Int($0) } ?? 1)
        case "engine": try await EngineSuite(rounds: words.dropFirst().first.flatMap { Int($0) } ?? 20).run()
        case let rounds: try Suite(rounds: rounds.flatMap { Int($0) } ?? 5).run()
        }
    }

    static func check(_ errorNumber: Int32) throws {
        if errorNumber != 0 { throw SystemError("bench", errorNumber: errorNumber) }
    }
}
