internal import PkrunEvents
internal import PkrunPlan

/// Jobs that were skipped, and a failure is what that comes from.
extension Scheduler {
    /// Looked for in the end, so that it does not matter which dependency was lost first.
    var unreached: Set<JobID> {
        var unreached: Set<JobID> = []
        var pending = records.indices.map { JobID($0) }
            .filter { wasInVain($0) && plan.jobs[$0.index].dependencies.contains(where: isHarmful) }
        while let job = pending.popLast() {
            guard unreached.insert(job).inserted else { continue }
            pending += dependents[job.index].filter { $0.isRequired && wasInVain($0.job) }.map(\.job)
        }
        return unreached
    }

    private func wasInVain(_ job: JobID) -> Bool {
        if case .finished(.skipped(.dependency)) = records[job.index].state { true } else { false }
    }

    /// It cannot be done without and has not come to what was asked of it, unless that was a failure.
    private func isHarmful(_ dependency: Dependency) -> Bool {
        guard !isMet(dependency) else { return false }
        return switch records[dependency.job.index].state {
        case .finished(.failed): true
        case .finished(.succeeded): dependency.condition != .failed
        default: false
        }
    }
}
