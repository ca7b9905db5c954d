import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

@Suite struct DependencyGraphTests {
    private static let file = SourceFile(path: "x", text: "")

    private func graph(_ targets: [[Int]]) -> DependencyGraph {
        DependencyGraph(
            edges: targets.map { targets in
                targets.map { DependencyGraph.Edge(target: $0, condition: .ready, range: Self.file.start) }
            }
        )
    }

    private func cycles(_ graph: DependencyGraph) -> [[Int]] {
        var cycles: [[Int]] = []
        graph.forEachCycle { start, edges in cycles.append([start] + edges.map(\.target)) }
        return cycles
    }

    @Test(
        arguments: [
            ([[1], [2], [0]], [[0, 1, 2, 0]]),
            ([[1, 2], [3], [3], []], []),
            ([[1], [0], [3], [2], [0]], [[0, 1, 0], [2, 3, 2]]),
            ([[1], [2], [1]], [[1, 2, 1]]),
            ([], []),
        ] as [([[Int]], [[Int]])]
    )
    func cyclesAreSpelledOut(targets: [[Int]], expected: [[Int]]) {
        #expect(cycles(graph(targets)) == expected)
    }

    /// A graph has a cycle exactly if taking away what has no dependencies, again and again, leaves something.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func cyclesAreFoundExactlyWhereTheyAre(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...12, using: &random)
        let targets = (0..<count).map { _ in
            (0..<Int.random(in: 0...2, using: &random)).map { _ in Int.random(in: 0..<count, using: &random) }
        }
        var rest = Set(0..<count)
        while let leaf = rest.first(where: { job in targets[job].allSatisfy { !rest.contains($0) } }) {
            rest.remove(leaf)
        }
        let cycles = cycles(graph(targets))
        #expect(cycles.isEmpty == rest.isEmpty)
        for cycle in cycles {
            #expect(cycle.first == cycle.last)
            #expect(zip(cycle, cycle.dropFirst()).allSatisfy { targets[$0].contains($1) })
        }
    }

    @Test func aChainOfAnyLengthIsNoDanger() {
        let count = 200_000
        #expect(cycles(graph((0..<count).map { $0 + 1 < count ? [$0 + 1] : [] })).isEmpty)
        #expect(cycles(graph((0..<count).map { [($0 + 1) % count] })).map(\.count) == [count + 1])
    }
}
