internal import PkrunEvents
internal import PkrunPlan

/// Timers are tokens: armed here, kept by the driver.
extension Scheduler {
    mutating func armRunTimer() {
        guard let timeout = plan.timeout else { return }
        runTimerIsArmed = true
        actions.append(.arm(.run, after: timeout))
    }

    mutating func disarmRunTimer() {
        guard runTimerIsArmed else { return }
        runTimerIsArmed = false
        actions.append(.disarm(.run))
    }

    mutating func arm(_ timer: TimerSet, of job: JobID, after duration: Duration) {
        records[job.index].timers.formUnion(timer)
        for token in timer.tokens(of: job) { actions.append(.arm(token, after: duration)) }
    }

    /// Disarms those of the given timers that are armed.
    mutating func disarm(_ timers: TimerSet, of job: JobID) {
        let armed = records[job.index].timers.intersection(timers)
        records[job.index].timers.subtract(armed)
        for token in armed.tokens(of: job) { actions.append(.disarm(token)) }
    }

    mutating func ranOut(_ timer: SchedulerTimer) {
        switch timer {
        case .run:
            guard runTimerIsArmed, let limit = plan.timeout else { return }
            runTimerIsArmed = false
            stopRun(.timeout(limit))
        case .timeout(let job):
            guard take(.timeout, of: job), let limit = plan.jobs[job.index].timeout else { return }
            stop(job, .timeout(limit))
        case .readiness(let job):
            guard take(.readiness, of: job) else { return }
            stop(job, .notReady(within: plan.jobs[job.index].readiness.timeout))
        case .restart(let job):
            if take(.restart, of: job) { enqueue(job) }
        case .change(let job):
            if take(.change, of: job) { changesAreOver(job) }
        case .window(let job):
            if take(.window, of: job) { records[job.index].restarts = 0 }
        case .idle:
            break
        }
    }

    /// Output may have come since the timer was armed: then it is armed again for what is left.
    mutating func wasQuiet(_ job: JobID, for duration: Duration) {
        guard take(.idle, of: job), let limit = plan.jobs[job.index].idleTimeout else { return }
        if duration < limit {
            arm(.idle, of: job, after: limit - duration)
        } else {
            stop(job, .idleTimeout(limit))
        }
    }

    /// - Returns: false if the timer was not armed.
    private mutating func take(_ timer: TimerSet, of job: JobID) -> Bool {
        records[job.index].timers.remove(timer) != nil
    }
}
