package import PkrunDiagnostics

/// Who depends on whom, by index into the manifest's jobs.
package struct DependencyGraph: Sendable {
    package struct Edge: Sendable {
        package var target: Int
        package var condition: DependencyCondition
        package var isRequired: Bool
        package var restarts: Bool
        /// Where the dependency is written.
        package var range: SourceRange

        package init(
            target: Int,
            condition: DependencyCondition,
            isRequired: Bool = true,
            restarts: Bool = false,
            range: SourceRange
        ) {
            self.target = target
            self.condition = condition
            self.isRequired = isRequired
            self.restarts = restarts
            self.range = range
        }
    }

    /// The dependencies of each job.
    package var edges: [[Edge]]

    package init(edges: [[Edge]]) { self.edges = edges }

    /// The given jobs and all that they need, directly or through others; sorted.
    package func closure(of jobs: [Int]) -> [Int] {
        var isReached = Array(repeating: false, count: edges.count)
        var pending = jobs
        while let job = pending.popLast() {
            guard !isReached[job] else { continue }
            isReached[job] = true
            for edge in edges[job] { pending.append(edge.target) }
        }
        return edges.indices.filter { isReached[$0] }
    }

    /// Calls the closure with circles of dependencies, as the edges to follow from one job of the circle back to it.
    ///
    /// Every job that is part of a circle is on one of those reported. Depth first with a stack of its own, so that a
    /// chain of any length is no danger.
    package func forEachCycle(_ report: (_ start: Int, _ edges: [Edge]) -> Void) {
        enum Mark { case unseen, onPath, done }

        var marks = Array(repeating: Mark.unseen, count: edges.count)
        var path: [(job: Int, next: Int)] = []
        for root in edges.indices where marks[root] == .unseen {
            path.append((root, 0))
            marks[root] = .onPath
            while let (job, next) = path.last {
                guard next < edges[job].count else {
                    marks[job] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let target = edges[job][next].target
                switch marks[target] {
                case .unseen:
                    marks[target] = .onPath
                    path.append((target, 0))
                case .onPath:
                    // Every job on the path has moved on to the edge before its `next`.
                    let circle = path.drop { $0.job != target }.map { edges[$0.job][$0.next - 1] }
                    report(target, circle)
                case .done:
                    break
                }
            }
        }
    }
}
