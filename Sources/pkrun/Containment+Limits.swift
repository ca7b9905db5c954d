import PkrunContainment
import PkrunEvents
import PkrunPlan

extension Containment {
    /// Refuses a plan with a limit that cannot be kept here, before anything starts.
    func check(limitsOf plan: Plan) throws(CommandFailure) {
        for index in plan.jobs.indices where plan.jobs[index].resources.enforcement == .required {
            let obstacles = plan.jobs[index].resources.limited.compactMap(obstacle)
            guard !obstacles.isEmpty else { continue }
            let reasons = obstacles.map { "\n  \($0.resource.rawValue): \($0.reason); \($0.remedy)" }
            throw CommandFailure(
                "the limits of job '\(plan.jobs[index].name)' cannot be kept here\(reasons.joined())\n"
                    + "  resources: { enforce: best-effort } starts the job without them",
                PkrunEvents.ExitCode.containmentUnavailable
            )
        }
    }
}

extension ResourceLimits {
    fileprivate var limited: [LimitedResource] {
        SliceLimits(memory: memory, processes: processes, processors: processors).resources
    }
}
