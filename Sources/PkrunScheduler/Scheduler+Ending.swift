internal import PkrunEvents
internal import PkrunPlan

/// What becomes of an attempt that is over.
extension Scheduler {
    mutating func startFailed(_ job: JobID, _ failure: StartFailure) {
        guard case .starting(let thenStop) = records[job.index].state else { return }
        leave(job)
        let outcome = JobOutcome.failed(.startFailed(failure))
        let hasStarted = records[job.index].hasStarted
        switch thenStop {
        case .dependencyRestarts where hasStarted || mayRunAgain(job, after: outcome), .changed: waitAgain(job)
        default: conclude(job, outcome, mayRestart: hasStarted)
        }
    }

    mutating func ended(_ job: JobID, _ ending: AttemptEnding) {
        guard records[job.index].state.isAlive else { return }
        if case .stopping(let reason) = records[job.index].state, reason.leadsToAStart, ending.receipt.survivors == 0 {
            leave(job)
            waitAgain(job)
            return
        }
        let outcome = outcome(of: job, ending)
        leave(job)
        conclude(job, outcome, mayRestart: ending.receipt.survivors == 0)
    }

    /// Gives back what an attempt held: its place among the running tasks, its locks and its timers.
    mutating func leave(_ job: JobID) {
        if plan.jobs[job.index].kind == .task { runningTasks -= 1 }
        for other in locks.release(job) { readyTasks.insert(other) }
        disarm([.timeout, .idle, .readiness, .window], of: job)
    }

    private func outcome(of job: JobID, _ ending: AttemptEnding) -> JobOutcome {
        if ending.receipt.survivors > 0 { return .failed(.survivors(ending.receipt.survivors)) }
        if case .stopping(let reason) = records[job.index].state {
            switch reason {
            case .notNeeded, .run: return .stopped(reason)
            case .timeout(let limit): return .failed(.timeout(limit))
            case .idleTimeout(let limit): return .failed(.idleTimeout(limit))
            case .notReady(let limit): return .failed(.notReady(within: limit))
            case .probeFailed(let times): return .failed(.probeFailed(times: times))
            case .portTaken(let port, let holder): return .failed(.portTaken(port, by: holder))
            case .unhealthy: return .failed(.unhealthy)
            case .changed, .dependencyRestarts: return .stopped(reason)
            }
        }
        if plan.jobs[job.index].leaks == .fail, !ending.leftBehind.isEmpty {
            return .failed(.leftBehind(ending.leftBehind))
        }
        guard case .exited(let code) = ending.status, plan.jobs[job.index].successExitCodes.contains(code) else {
            if let limit = plan.jobs[job.index].resources.memory, ending.receipt.limits?.memoryKills ?? 0 > 0 {
                return .failed(.outOfMemory(limit: limit, ending.status))
            }
            return .failed(.ended(ending.status))
        }
        switch (plan.jobs[job.index].kind, plan.jobs[job.index].restart.condition) {
        case (.task, _), (.service, .onFailure): return .succeeded
        case (.service, .no), (.service, .always): return .failed(.ended(ending.status))
        }
    }

    private mutating func conclude(_ job: JobID, _ outcome: JobOutcome, mayRestart: Bool) {
        let isGivenUp = outcome == .failed(.unhealthy) && plan.jobs[job.index].health?.onFailure != .restart
        if let change = records[job.index].change, change.isDue, mayRunAgain(job, after: outcome), !isUnneeded(job) {
            runAgain(job, after: change)
        } else if mayRestart, !isGivenUp, wantsRestart(job, after: outcome) || wantsRetry(job, after: outcome) {
            if !finishIfUnwanted(job) { backOff(job) }
        } else if mayRunAgain(job, after: outcome) {
            rest(job, outcome)
        } else {
            finish(job, outcome)
        }
    }

    /// Instead of starting once more.
    mutating func finishIfUnwanted(_ job: JobID) -> Bool {
        if case .stopping(let reason) = phase {
            finish(job, .stopped(.run(reason)))
        } else if isUnneeded(job) || plan.retired.contains(job) {
            finish(job, .stopped(.notNeeded))
        } else if plan.jobs[job.index].onlyIf == .never {
            finish(job, .skipped(.condition))
        } else {
            return false
        }
        return true
    }

    private func wantsRetry(_ job: JobID, after outcome: JobOutcome) -> Bool {
        let policy = plan.jobs[job.index].retry
        guard records[job.index].restarts < policy.maximum, case .failed(let reason) = outcome else { return false }
        guard let triggers = policy.triggers else { return true }
        switch reason {
        case .timeout, .idleTimeout: return triggers.timeout
        case .ended(let status), .outOfMemory(_, let status): return triggers.exitCodes.contains(status.shellCode)
        case .startFailed, .notReady, .probeFailed, .portTaken, .unhealthy, .leftBehind, .survivors, .dependency:
            return false
        }
    }

    private func wantsRestart(_ job: JobID, after outcome: JobOutcome) -> Bool {
        let policy = plan.jobs[job.index].restart
        guard records[job.index].restarts < policy.maximum ?? .max else { return false }
        // Whoever is to be restarted for its health need not be restarted for anything else.
        if outcome == .failed(.unhealthy), plan.jobs[job.index].retry.maximum == 0 { return true }
        switch (policy.condition, outcome) {
        case (.always, .succeeded), (.always, .failed), (.onFailure, .failed): return true
        case (.no, _), (.onFailure, _), (.always, .stopped), (.always, .skipped): return false
        }
    }

    private mutating func backOff(_ job: JobID) {
        records[job.index].restarts += 1
        records[job.index].state = .backingOff
        let restart = records[job.index].restarts
        let delay =
            plan.jobs[job.index].retry.maximum > 0
            ? plan.jobs[job.index].retry.delay : pause(of: job, beforeRestart: restart)
        actions.append(.report(.jobRestarting(job, restart: restart, after: delay)))
        arm(.restart, of: job, after: delay)
        announce(job)
        restartDependents(of: job)
    }

    private func pause(of job: JobID, beforeRestart restart: Int) -> Duration {
        let pause = plan.jobs[job.index].restart.delay(beforeRestart: restart)
        return jitter?.spread(pause, job: job.index, attempt: records[job.index].attempt) ?? pause
    }
}
