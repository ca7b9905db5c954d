internal import PkrunEvents
internal import PkrunPlan

/// Ending what runs.
extension Scheduler {
    mutating func interrupted(by signal: SignalNumber) {
        interrupts += 1
        switch phase {
        case .idle, .running, .finalizing: stopRun(.interrupted(signal))
        case .stopping(let reason) where interrupts == 2: killAll(reason)
        case .stopping, .finished: break
        }
    }

    /// Nothing starts any more, but for `finally` tasks in their time. What does not run is finished here and now; what
    /// runs and is needed by nothing else that runs is stopped, and the rest follows as its dependents end.
    mutating func stopRun(_ reason: RunStopReason) {
        disarmRunTimer()
        let isFinalizing = phase == .finalizing
        let isHurried = interrupts > 1
        phase = .stopping(reason)
        stopReason = stopReason ?? reason
        actions.append(.report(.runStopping(reason)))
        for index in records.indices where plan.jobs[index].isFinally == isFinalizing {
            let job = JobID(index)
            switch records[index].state {
            case .waiting, .queued, .backingOff, .resting: release(job)
            case .starting, .running, .ready: if isHurried || isUnneeded(job) { release(job) }
            case .stopping: if isHurried { actions.append(.kill(job)) }
            case .finished: break
            }
        }
    }

    /// Nobody and nothing asks any more that the job runs, or starts.
    func isUnneeded(_ job: JobID) -> Bool {
        guard records[job.index].unfinishedDependents == 0 else { return false }
        if case .stopping = phase { return true }
        if plan.retired.contains(job) { return true }
        if case .resting = records[job.index].state { return !records[job.index].isGoal }
        return !records[job.index].isGoal && !standsAlone(job)
    }

    /// Goes on to its end although nothing needs it: a task of which some dependent was skipped.
    private func standsAlone(_ job: JobID) -> Bool {
        plan.jobs[job.index].kind == .task
            && dependents[job.index].contains { dependent in
                if case .finished(.skipped) = records[dependent.job.index].state { true } else { false }
            }
    }

    /// Ends a job that is not needed, whatever it is doing.
    mutating func release(_ job: JobID) {
        let reason: StopReason = if case .stopping(let why) = phase { .run(why) } else { .notNeeded }
        switch records[job.index].state {
        case .waiting, .queued, .backingOff:
            disarm(.restart, of: job)
            finish(job, records[job.index].isNew ? .skipped(skipReason) : .stopped(reason))
        case .resting(let outcome): finish(job, outcome)
        case .starting(thenStop: nil): records[job.index].state = .starting(thenStop: reason)
        case .running, .ready: stop(job, reason)
        case .starting, .stopping, .finished: break
        }
    }

    /// Why a job that nobody wants any more is skipped.
    var skipReason: SkipReason {
        if case .stopping(let reason) = phase { .run(reason) } else { .notNeeded }
    }

    /// - Precondition: the job is running or ready.
    mutating func stop(_ job: JobID, _ reason: StopReason) {
        records[job.index].state = .stopping(reason)
        disarm([.timeout, .idle, .readiness, .window], of: job)
        actions.append(.report(.jobStopping(job, attempt: records[job.index].attempt, reason)))
        actions.append(interrupts < 2 ? .stop(job) : .kill(job))
        announce(job)
    }

    private mutating func killAll(_ reason: RunStopReason) {
        for index in records.indices {
            let job = JobID(index)
            switch records[index].state {
            case .starting: records[index].state = .starting(thenStop: .run(reason))
            case .running, .ready: stop(job, .run(reason))
            case .stopping: actions.append(.kill(job))
            case .waiting, .queued, .backingOff, .resting, .finished: break
            }
        }
    }
}
