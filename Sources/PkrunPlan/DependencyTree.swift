/// The dependencies of a plan as a tree in characters.
struct DependencyTree {
    private let plan: Plan
    private var drawn: Set<JobID> = []
    private var output = ""

    init(_ plan: Plan) { self.plan = plan }

    /// A job that several others wait for is drawn with all that it needs once; elsewhere `…` stands for that.
    consuming func text() -> String {
        for goal in plan.goals {
            output += "\(plan.jobs[goal.index].name)\(remark(on: goal))\n"
            drawn.insert(goal)
            descend(from: goal)
        }
        return output
    }

    /// Beyond this depth the margin is all that one would see.
    private static let depthLimit = 100

    private struct Branch {
        var dependency: Dependency
        var depth: Int
        var margin: String
        var isLast: Bool
    }

    /// With a stack of its own: a chain may be of any length.
    private mutating func descend(from job: JobID) {
        var pending = branches(of: job, margin: "", depth: 1)
        while let branch = pending.popLast() {
            let id = branch.dependency.job
            let isDrawn = branch.depth < Self.depthLimit && drawn.insert(id).inserted
            let hasMore = !isDrawn && !plan.jobs[id.index].dependencies.isEmpty
            output += "\(branch.margin)\(branch.isLast ? "└── " : "├── ")\(plan.jobs[id.index].name)"
            output += " (\(branch.dependency.condition))\(hasMore ? " …" : isDrawn ? remark(on: id) : "")\n"
            if isDrawn {
                let margin = branch.margin + (branch.isLast ? "    " : "│   ")
                pending += branches(of: id, margin: margin, depth: branch.depth + 1)
            }
        }
    }

    /// What the job is for, on one line.
    private func remark(on job: JobID) -> String {
        plan.jobs[job.index].description.map { ": \($0.split(whereSeparator: \.isNewline).joined(separator: " "))" }
            ?? ""
    }

    /// In reverse, for a stack.
    private func branches(of job: JobID, margin: String, depth: Int) -> [Branch] {
        let dependencies = plan.jobs[job.index].dependencies
        return dependencies.indices.reversed().map { index in
            Branch(
                dependency: dependencies[index],
                depth: depth,
                margin: margin,
                isLast: index == dependencies.count - 1
            )
        }
    }
}
