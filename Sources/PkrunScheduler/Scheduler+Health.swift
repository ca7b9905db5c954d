internal import PkrunEvents
internal import PkrunPlan

/// What health checks and `if` commands find.
extension Scheduler {
    mutating func becameHealthy(_ job: JobID) {
        guard isUp(job), !records[job.index].isHealthy else { return }
        records[job.index].isHealthy = true
        actions.append(.report(.jobHealthy(job, attempt: records[job.index].attempt)))
        announce(job)
    }

    mutating func becameUnhealthy(_ job: JobID, _ probes: [ProbeSummary]) {
        guard isUp(job), let health = plan.jobs[job.index].health else { return }
        records[job.index].isHealthy = false
        actions.append(.report(.jobUnhealthy(job, attempt: records[job.index].attempt, probes)))
        switch health.onFailure {
        case .restart, .stop: stop(job, .unhealthy)
        case .mark: announce(job)
        }
    }

    /// The `if` of the job does not hold, or was not looked at to its end because the job is not wanted any more.
    mutating func declined(_ job: JobID) {
        guard case .starting(let thenStop) = records[job.index].state else { return }
        records[job.index].attempt -= 1
        leave(job)
        switch thenStop {
        case _ where !isWanted(job): finish(job, .skipped(skipReason))
        case .changed: waitAgain(job)
        default: finish(job, .skipped(.condition))
        }
    }

    private func isWanted(_ job: JobID) -> Bool {
        if case .stopping = phase { false } else { !isUnneeded(job) }
    }

    private func isUp(_ job: JobID) -> Bool {
        records[job.index].state == .running || records[job.index].state == .ready
    }
}
