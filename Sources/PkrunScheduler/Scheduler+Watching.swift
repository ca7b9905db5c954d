internal import PkrunEvents
internal import PkrunPlan

/// Jobs that run again because a file has changed.
extension Scheduler {
    /// The job and all that follow it rest at their ends, instead of being finished.
    mutating func letRunAgain(_ job: JobID) {
        var pending = [job]
        while let job = pending.popLast() {
            guard !records[job.index].mayRunAgain, !isFinished(job), !plan.jobs[job.index].isFinally else { continue }
            records[job.index].mayRunAgain = true
            pending += dependents[job.index].filter(\.restarts).map(\.job)
        }
    }

    /// The job is finished, and whoever rests until it runs again, or until one does that follows it, has rested in
    /// vain.
    mutating func letRunNoMore(_ job: JobID) {
        var pending = [job]
        while let job = pending.popLast() {
            guard records[job.index].mayRunAgain, isFinished(job) || !hasReasonToRunAgain(job) else { continue }
            records[job.index].mayRunAgain = false
            if case .resting(let outcome) = records[job.index].state { finish(job, outcome) }
            pending += dependents[job.index].filter(\.restarts).map(\.job)
        }
    }

    private func hasReasonToRunAgain(_ job: JobID) -> Bool {
        plan.jobs[job.index].watch != nil
            || plan.jobs[job.index].dependencies.contains { $0.restarts && records[$0.job.index].mayRunAgain }
    }

    mutating func changed(_ job: JobID, _ path: String) {
        guard phase == .running, records[job.index].mayRunAgain, let watch = plan.jobs[job.index].watch, isOutdated(job)
        else {
            return
        }
        records[job.index].change = JobRecord.Change(path: path)
        disarm(.change, of: job)
        arm(.change, of: job, after: watch.debounce)
    }

    /// The latest attempt began before the change, and the next one does not begin anyway.
    private func isOutdated(_ job: JobID) -> Bool {
        switch records[job.index].state {
        case .running, .ready, .backingOff, .resting: true
        case .stopping(let reason): !reason.leadsToAStart
        case .waiting, .queued, .starting, .finished: false
        }
    }

    mutating func changesAreOver(_ job: JobID) {
        guard phase == .running, let change = records[job.index].change else { return }
        switch (records[job.index].state, plan.jobs[job.index].watch?.action) {
        case (.backingOff, _), (.resting, _):
            runAgain(job, after: change)
        case (.running, .restart), (.ready, .restart):
            report(change, of: job)
            stop(job, .changed(change.path))
            restartDependents(of: job)
        case (.running, .signal(let signal)), (.ready, .signal(let signal)):
            report(change, of: job)
            actions.append(.signal(job, signal))
        default:
            records[job.index].change?.isDue = true
        }
    }

    /// The job rests at its end, with this outcome, instead of being finished.
    func mayRunAgain(_ job: JobID, after outcome: JobOutcome) -> Bool {
        guard phase == .running, records[job.index].mayRunAgain else { return false }
        switch outcome {
        case .succeeded: return true
        case .failed(.survivors), .stopped, .skipped: return false
        case .failed: return true
        }
    }

    mutating func rest(_ job: JobID, _ outcome: JobOutcome) {
        records[job.index].state = .resting(outcome)
        if isUnneeded(job) {
            release(job)
            return
        }
        actions.append(.report(.jobResting(job, outcome)))
        announce(job)
    }

    /// - Precondition: the job does not run, and may.
    mutating func runAgain(_ job: JobID, after change: JobRecord.Change) {
        report(change, of: job)
        disarm(.restart, of: job)
        waitAgain(job)
        restartDependents(of: job)
    }

    private mutating func report(_ change: JobRecord.Change, of job: JobID) {
        records[job.index].change = nil
        records[job.index].restarts = 0
        actions.append(.report(.jobChanged(job, path: change.path)))
    }
}

extension StopReason {
    /// The job is stopped in order to be started again.
    var leadsToAStart: Bool {
        switch self {
        case .changed, .dependencyRestarts: true
        case .notNeeded, .run, .timeout, .idleTimeout, .notReady, .probeFailed, .portTaken, .unhealthy: false
        }
    }
}
