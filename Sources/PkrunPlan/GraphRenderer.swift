/// Draws who waits for whom.
package enum GraphRenderer {
    package enum Format: String, CaseIterable, Sendable {
        /// A tree from the goals down to what they need.
        case ascii
        /// Graphviz.
        case dot
        case mermaid
    }

    package static func render(_ plan: Plan, as format: Format) -> String {
        switch format {
        case .ascii: DependencyTree(plan).text()
        case .dot: dot(plan)
        case .mermaid: mermaid(plan)
        }
    }

    /// Services are boxes, tasks are ellipses; an arrow leads from a job to what it waits for.
    private static func dot(_ plan: Plan) -> String {
        var text = "digraph \(quoted(plan.name)) {\n"
        for job in plan.jobs {
            let tooltip = job.description.map { " tooltip=\(quoted($0))" } ?? ""
            text += "  \(quoted(job.name)) [shape=\(job.kind == .service ? "box" : "ellipse")\(tooltip)];\n"
        }
        for job in plan.jobs {
            for dependency in job.dependencies {
                let target = plan.jobs[dependency.job.index].name
                text += "  \(quoted(job.name)) -> \(quoted(target)) [label=\"\(dependency.condition)\"];\n"
            }
        }
        return text + "}\n"
    }

    private static func mermaid(_ plan: Plan) -> String {
        var text = "flowchart LR\n"
        for (index, job) in plan.jobs.enumerated() {
            text += job.kind == .service ? "  j\(index)[\"\(job.name)\"]\n" : "  j\(index)([\"\(job.name)\"])\n"
        }
        for (index, job) in plan.jobs.enumerated() {
            for dependency in job.dependencies {
                text += "  j\(index) -->|\(dependency.condition)| j\(dependency.job.index)\n"
            }
        }
        return text
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : "\($1)" }
        return "\"\(escaped)\""
    }
}
