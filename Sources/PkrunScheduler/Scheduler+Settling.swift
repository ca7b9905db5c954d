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
            } else if let reason = stopByLastWords {
                stopRun(reason)
            } else if !unreleased.isEmpty {
                let batch = unreleased
                unreleased.removeAll()
                for job in batch { releaseDependencies(of: job) }
            } else if unfinishedOrdinary == 0, !hasBegunFinally {
                beginFinally()
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
        disarm(.change, of: job)
        unfinished -= 1
        if !plan.jobs[job.index].isFinally { unfinishedOrdinary -= 1 }
        actions.append(.report(.jobFinished(job, outcome)))
        untold.append(job)
        guard case .failed(let reason) = outcome else { return }
        if counts(reason, of: job), !records[job.index].hasLeftSurvivors { failed.append(job) }
        if reason.hasSurvivors { records[job.index].hasLeftSurvivors = true }
    }

    private func counts(_ reason: FailureReason, of job: JobID) -> Bool {
        reason.hasSurvivors || !plan.jobs[job.index].isOptional
    }

    /// Known once all who are lost have been told: a failure is not handled by somebody who is lost by the same event.
    private var stopByLastWords: RunStopReason? {
        guard phase == .running else { return nil }
        let reasons = unreleased.compactMap { stopByLastWord(of: $0) }
        return reasons.first { if case .failed = $0 { true } else { false } } ?? reasons.first
    }

    private func stopByLastWord(of job: JobID) -> RunStopReason? {
        guard case .finished(let outcome) = records[job.index].state else { return nil }
        let endsRun = plan.jobs[job.index].endsRun.applies(to: outcome)
        guard case .failed(let reason) = outcome, counts(reason, of: job) else { return endsRun ? .ended(job) : nil }
        let stopsAll = plan.onFailure == .stop && (reason.hasSurvivors || !isHandled(job))
        return endsRun || stopsAll ? .failed(job) : nil
    }

    /// Somebody is yet to start who can do with the job's failure.
    private func isHandled(_ job: JobID) -> Bool {
        dependents[job.index].contains { dependent in
            (dependent.condition == .failed || dependent.condition == .completed || !dependent.isRequired)
                && records[dependent.job.index].isYetToStart
        }
    }

    /// Lets the dependents know which conditions the job meets now, where that has changed.
    mutating func announce(_ job: JobID) {
        let held = records[job.index].conditions
        let before = records[job.index].heldConditions
        guard held != before else { return }
        records[job.index].heldConditions = held
        for dependent in dependents[job.index] {
            switch (before.holds(dependent.condition), held.holds(dependent.condition)) {
            case (false, true): meet(dependent.job)
            case (true, false):
                records[dependent.job.index].unmet += 1
                if records[dependent.job.index].state == .queued, records[dependent.job.index].asksConditions {
                    records[dependent.job.index].state = .waiting
                }
            case (true, true), (false, false): break
            }
        }
    }

    /// One condition more holds for the job, or does no longer matter.
    private mutating func meet(_ job: JobID) {
        records[job.index].unmet -= 1
        if records[job.index].unmet == 0, records[job.index].state == .waiting { enqueue(job) }
    }

    /// Dependents that waited for something else than how the job ended will never start, unless they can do without.
    private mutating func tellDependents(of job: JobID) {
        announce(job)
        letRunNoMore(job)
        for dependent in dependents[job.index] where !records[job.index].heldConditions.holds(dependent.condition) {
            if !dependent.isRequired {
                meet(dependent.job)
            } else if records[dependent.job.index].state == .waiting {
                lose(dependent.job, Dependency(job, dependent.condition, restarts: dependent.restarts))
            }
        }
    }

    mutating func lose(_ job: JobID, _ dependency: Dependency) {
        finish(job, records[job.index].isNew ? .skipped(.dependency(dependency)) : .failed(.dependency(dependency)))
    }

    private mutating func releaseDependencies(of job: JobID) {
        for dependency in plan.jobs[job.index].dependencies {
            records[dependency.job.index].unfinishedDependents -= 1
            if isUnneeded(dependency.job) { release(dependency.job) }
        }
    }

    private mutating func finishRun() {
        let outcome = verdict
        disarmRunTimer()
        phase = .finished
        actions.append(.report(.runFinished(outcome)))
        actions.append(.finish(outcome))
    }
}

extension FailureReason {
    fileprivate var hasSurvivors: Bool { if case .survivors = self { true } else { false } }
}

extension RunEnding {
    fileprivate func applies(to outcome: JobOutcome) -> Bool {
        switch (self, outcome) {
        case (.always, .succeeded), (.always, .failed), (.onFailure, .failed): true
        case (.no, _), (.onFailure, _), (_, .stopped), (_, .skipped): false
        }
    }
}
