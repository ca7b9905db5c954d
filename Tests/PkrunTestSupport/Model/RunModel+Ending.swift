internal import PkrunEvents
internal import PkrunPlan

/// What becomes of a job whose attempt is over.
extension RunModel {
    mutating func ended(_ index: Int, _ ending: AttemptEnding) {
        var call: StopReason?
        switch jobs[index].stage {
        case .up: break
        case .stopping(let reason): call = reason
        default: return
        }
        jobs[index].locks = []
        if let call, call.isRestart, ending.receipt.survivors == 0 {
            waitAgain(index)
        } else {
            let outcome = outcome(of: ending, plan.jobs[index], calledFor: call)
            conclude(index, outcome, mayRestart: ending.receipt.survivors == 0)
        }
    }

    private func outcome(of ending: AttemptEnding, _ job: JobPlan, calledFor reason: StopReason?) -> JobOutcome {
        if ending.receipt.survivors > 0 { return .failed(.survivors(ending.receipt.survivors)) }
        switch reason {
        case .notNeeded, .run, .changed, .dependencyRestarts: return .stopped(reason ?? .notNeeded)
        case .timeout(let limit): return .failed(.timeout(limit))
        case .idleTimeout(let limit): return .failed(.idleTimeout(limit))
        case .notReady(let limit): return .failed(.notReady(within: limit))
        case .probeFailed(let times): return .failed(.probeFailed(times: times))
        case .portTaken(let port, let holder): return .failed(.portTaken(port, by: holder))
        case .unhealthy: return .failed(.unhealthy)
        case nil: break
        }
        if job.leaks == .fail, !ending.leftBehind.isEmpty { return .failed(.leftBehind(ending.leftBehind)) }
        let isGood = if case .exited(let code) = ending.status { job.successExitCodes.contains(code) } else { false }
        if isGood, job.kind == .task || job.restart.condition == .onFailure { return .succeeded }
        if !isGood, ending.memoryKills > 0, let limit = job.resources.memory {
            return .failed(.outOfMemory(limit: limit, ending.status))
        }
        return .failed(.ended(ending.status))
    }

    mutating func conclude(_ index: Int, _ outcome: JobOutcome, mayRestart: Bool) {
        let mayRest = mayRest(index, after: outcome)
        if mayRest, jobs[index].change == .due, !isUnneeded(index) {
            runAgain(index)
        } else if mayRestart, wantsAnother(index, after: outcome) {
            pause(index)
        } else if mayRest {
            jobs[index].stage = .resting(outcome)
            if isUnneeded(index) {
                finish(index, outcome)
            } else {
                deeds.insert(.rest(JobID(index), outcome.anonymous))
            }
        } else {
            finish(index, outcome)
        }
    }

    private func wantsAnother(_ index: Int, after outcome: JobOutcome) -> Bool {
        let (job, restarts) = (plan.jobs[index], jobs[index].restarts)
        if outcome == .failed(.unhealthy), job.health?.onFailure != .restart { return false }
        if restarts < job.restart.maximum ?? .max {
            if outcome == .failed(.unhealthy), job.retry.maximum == 0 { return true }
            if case .failed = outcome, job.restart.condition != .no { return true }
            if outcome == .succeeded, job.restart.condition == .always { return true }
        }
        guard restarts < job.retry.maximum, case .failed(let reason) = outcome else { return false }
        return job.retry.triggers?.call(for: reason) ?? true
    }

    private mutating func pause(_ index: Int) {
        guard !finishIfUnwanted(index) else { return }
        jobs[index].restarts += 1
        jobs[index].stage = .pausing
        deeds.insert(.pause(JobID(index), restart: jobs[index].restarts))
        takeFollowers(of: index)
    }

    // MARK: Running again

    private mutating func finishIfUnwanted(_ index: Int) -> Bool {
        if let stop {
            finish(index, .stopped(.run(stop)))
        } else if isUnneeded(index) || isGone(index) {
            finish(index, .stopped(.notNeeded))
        } else if plan.jobs[index].onlyIf == .never {
            finish(index, .skipped(.condition))
        } else {
            return false
        }
        return true
    }

    /// For the conditions of its dependencies.
    mutating func waitAgain(_ index: Int) {
        if !finishIfUnwanted(index) { jobs[index].stage = .waiting }
    }

    mutating func runAgain(_ index: Int) {
        jobs[index].change = nil
        jobs[index].restarts = 0
        waitAgain(index)
        takeFollowers(of: index)
    }

    /// Whoever follows the job is started again after it.
    mutating func takeFollowers(of index: Int) {
        for dependent in dependents[index] where dependent.restarts {
            let follower = dependent.job.index
            switch jobs[follower].stage {
            case .up:
                end(follower, .dependencyRestarts(JobID(index)))
                takeFollowers(of: follower)
            case .resting:
                waitAgain(follower)
                takeFollowers(of: follower)
            case .starting(then: nil): jobs[follower].stage = .starting(then: .dependencyRestarts(JobID(index)))
            case .pausing, .due: waitAgain(follower)
            case .waiting, .starting, .stopping, .done: break
            }
        }
    }
}

extension RetryPolicy.Triggers {
    fileprivate func call(for reason: FailureReason) -> Bool {
        switch reason {
        case .timeout, .idleTimeout: timeout
        case .ended(.exited(let code)), .outOfMemory(_, .exited(let code)): exitCodes.contains(code)
        case .ended(.signaled(let signal)), .outOfMemory(_, .signaled(let signal)):
            exitCodes.contains(128 + signal.rawValue)
        default: false
        }
    }
}
