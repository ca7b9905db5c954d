internal import PkrunEvents
internal import PkrunPlan

/// What the run has come to.
extension RunModel {
    var verdict: RunDeed.Verdict {
        let failed = jobs.indices.filter { index in
            guard case .failed = jobs[index].end, !plan.jobs[index].isOptional else {
                return jobs[index].hasLeftSurvivors
            }
            return true
        }
        let unreached = jobs.indices.filter { !plan.jobs[$0].isOptional && isUnreached($0) }
        let exitCode: Int32 =
            switch firstStop {
            case .interrupted(let signal): 128 + signal.rawValue
            case .timeout: 124
            case .fault: 70
            case .failed: 1
            case .ended, nil: failed.isEmpty && unreached.isEmpty ? 0 : 1
            }
        return RunDeed.Verdict(
            exitCode: exitCode,
            stop: firstStop?.anonymous,
            failed: failed.map { JobID($0) },
            unreached: unreached.map { JobID($0) }
        )
    }

    /// Skipped for want of something, and not because a failure did not come or an `if` did not hold.
    private func isUnreached(_ index: Int) -> Bool {
        guard case .skipped(.dependency) = jobs[index].end else { return false }
        return plan.jobs[index].dependencies.contains { dependency in
            guard !isMet(dependency) else { return false }
            return switch jobs[dependency.job.index].end {
            case .failed: true
            case .succeeded: dependency.condition != .failed
            case .skipped: isUnreached(dependency.job.index)
            case .stopped, nil: false
            }
        }
    }
}
