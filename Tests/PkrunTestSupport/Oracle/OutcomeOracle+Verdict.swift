internal import PkrunEvents
internal import PkrunPlan

/// What the whole run has to come to.
extension OutcomeOracle {
    var outcome: RunOutcome {
        let stop = ordinaryStop ?? finalStop
        let failures = failuresThatCount.map(\.job)
        let unreached = plan.jobs.indices.map { JobID($0) }.filter {
            !plan.jobs[$0.index].isOptional && isUnreached($0)
        }
        let exitCode: Int32 =
            switch stop?.reason {
            case .interrupted(let signal): 128 + signal.rawValue
            case .timeout: 124
            case .fault: 70
            case .failed: 1
            case .ended, nil: failures.isEmpty && unreached.isEmpty ? 0 : 1
            }
        return RunOutcome(exitCode: exitCode, stopReason: stop?.reason, failed: failures, unreached: unreached)
    }

    /// Skipped for want of something, and not because a failure did not come or an `if` did not hold.
    private func isUnreached(_ job: JobID) -> Bool {
        guard case .skipped(.dependency) = lives[job.index].word?.outcome else { return false }
        return plan.jobs[job.index].dependencies.contains { dependency in
            guard isLost(dependency) else { return false }
            switch lives[dependency.job.index].word?.outcome {
            case .failed: return true
            case .succeeded: return dependency.condition != .failed
            case .skipped: return isUnreached(dependency.job)
            // It was stopped because this job did not need it any more.
            case .stopped, nil: return false
            }
        }
    }
}
