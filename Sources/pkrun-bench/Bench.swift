import CPkrunBench
import PkrunSystem

/// Measures pkrun beside what it must not be slower than, in one run, and prints ratios.
///
/// `pkrun-bench [ROUNDS]` runs everything. The other words are what it starts itself as.
@main
enum Bench {
    static func main() throws {
        let words = CommandLine.arguments.dropFirst()
        switch words.first {
        case "spawn-loop": try unsafe check(bench_spawn_loop("/bin/true", 1000, 2))
        case "write-lines": try check(bench_write_lines(1 << 30))
        case let rounds: try Suite(rounds: rounds.flatMap { Int($0) } ?? 5).run()
        }
    }

    private static func check(_ errorNumber: Int32) throws {
        if errorNumber != 0 { throw SystemError("bench", errorNumber: errorNumber) }
    }
}
