internal import PkrunEvents
internal import PkrunPlan

/// What the end of a job means to the others.
extension Scheduler {
    /// Carries the consequences of what happened as far as they go: first who waited for a finished job, then whether
    /// the run goes on, then what the job had needed, then who can start.
    mutating func settle() {
        while true {
            if !untold.isEmpty {
                let batch = untold
                untold.removeAll()
                for job in batch { tellDependents(of: job) }
                unreleased += batch
            } else if let reason = pendingStop {
                pendingStop = nil
                stopRun(reason)
            } else if !unreleased.isEmpty {
                let batch = unreleased
                unreleased.removeAll()
                for job in batch { releaseDependencies(of: job) }
            } else {
                break
            }
        }
        startQueued()
        if unfinished == 0 { finishRun() }
    }

    /// A job's last word.
    mutating func finish(_ job: JobID, _ outcome: JobOutcome) {
        records[job.index].state = .finished(outcome)
        unfinished -= 1
        actions.append(.report(.jobFinished(job, outcome)))
        untold.append(job)
        if case .failed(let reason) = outcome { weigh(reason, of: job) }
    }

    /// Whether a failure counts, and whether it stops the run.
    private mutating func weigh(_ reason: FailureReason, of job: JobID) {
        let hasSurvivors = if case .survivors = reason { true } else { false }
        guard hasSurvivors || !plan[job].isOptional else { return }
        failed.append(job)
        guard phase == .running, plan.onFailure == .stop, pendingStop == nil else { return }
        let isHandled = dependents[job.index].contains { dependent in
            (dependent.condition == .failed || dependent.condition == .completed)
                && records[dependent.job.index].state == .waiting
        }
        if !isHandled || hasSurvivors { pendingStop = .failed(job) }
    }

    /// Lets the dependents know which conditions the job meets now, where that has changed.
    mutating func announce(_ job: JobID) {
        let held = records[job.index].conditions
        let before = records[job.index].heldConditions
        guard held != before else { return }
        records[job.index].heldConditions = held
        for dependent in dependents[job.index] {
            switch (before.holds(dependent.condition), held.holds(dependent.condition)) {
            case (false, true):
                records[dependent.job.index].unmet -= 1
                let mayStart = records[dependent.job.index].unmet == 0
                if mayStart, records[dependent.job.index].state == .waiting { enqueue(dependent.job) }
            case (true, false):
                records[dependent.job.index].unmet += 1
                if records[dependent.job.index].state == .queued, records[dependent.job.index].attempt == 0 {
                    records[dependent.job.index].state = .waiting
                }
            case (true, true), (false, false): break
            }
        }
    }

    /// Dependents that waited for something else than how the job ended will never start.
    private mutating func tellDependents(of job: JobID) {
        announce(job)
        for dependent in dependents[job.index]
        where records[dependent.job.index].state == .waiting
            && !records[job.index].heldConditions.holds(dependent.condition)
        {
            skip(dependent.job, for: Dependency(job, dependent.condition))
        }
    }

    private mutating func skip(_ job: JobID, for dependency: Dependency) {
        records[job.index].isUnreached =
            switch records[dependency.job.index].state {
            case .finished(.skipped): records[dependency.job.index].isUnreached
            case .finished(.succeeded): dependency.condition != .failed
            default: true
            }
        finish(job, .skipped(.dependency(dependency)))
    }

    private mutating func releaseDependencies(of job: JobID) {
        let wasSkipped = if case .finished(.skipped) = records[job.index].state { true } else { false }
        for dependency in plan[job].dependencies {
            let index = dependency.job.index
            records[index].unfinishedDependents -= 1
            if wasSkipped, plan[dependency.job].kind == .task { records[index].standsAlone = true }
            if isUnneeded(dependency.job) { release(dependency.job) }
        }
    }

    private mutating func finishRun() {
        var outcome = RunOutcome(exitCode: ExitCode.success, failed: failed)
        outcome.unreached = records.indices
            .filter { records[$0].isUnreached && !plan.jobs[$0].isOptional }
            .map { JobID($0) }
        if case .stopping(let reason) = phase { outcome.stopReason = reason }
        outcome.exitCode =
            switch outcome.stopReason {
            case .interrupted(let signal): ExitCode.stopped(by: signal)
            case .fault: ExitCode.internalFault
            case .timeout: ExitCode.runTimeout
            case .failed: ExitCode.jobFailed
            case nil: failed.isEmpty && outcome.unreached.isEmpty ? ExitCode.success : ExitCode.jobFailed
            }
        disarmRunTimer()
        phase = .finished
        actions.append(.report(.runFinished(outcome)))
        actions.append(.finish(outcome))
    }
}
