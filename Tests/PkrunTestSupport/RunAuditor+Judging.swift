internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

extension RunAuditor {
    func judgeStart(_ job: JobID, _ attempt: Int, _ asks: Bool) {
        let account = jobs[job.index]
        let hasQuestion = if case .command = plan.jobs[job.index].onlyIf { true } else { false }
        demand(asks == (hasQuestion && attempt == 1), "\(name(job)) is not asked before its first start alone")
        demand(!account.isAlive && !account.isStarting, "two incarnations of \(name(job))")
        demand(account.outcome == nil, "\(name(job)) started after its last word")
        if plan.jobs[job.index].isFinally {
            let isTime = plan.jobs.indices.allSatisfy { plan.jobs[$0].isFinally || jobs[$0].outcome != nil }
            demand(isFinalizing && isTime, "\(name(job)) started before the end")
            demand(finalStop == nil && interrupts < 2, "\(name(job)) started although it is to be stopped")
        } else {
            demand(runStop == nil, "\(name(job)) started although the run is being stopped")
        }
        demand(locksAreFree(for: job.index), "\(name(job)) started although another holds its lock")
        demand(attempt == account.attempt + 1, "\(name(job)) skipped an attempt")
        if attempt == 1 || account.isFollowing {
            for dependency in plan.jobs[job.index].dependencies {
                demand(isMet(dependency), "\(name(job)) started before \(dependency)")
            }
        } else {
            demand(account.wasStarted, "\(name(job)) never could be started and is tried again")
            demand(account.isPausing, "\(name(job)) restarted without a word")
        }
        jobs[job.index].isPausing = false
        jobs[job.index].isFollowing = false
        jobs[job.index].windowIsOver = false
        jobs[job.index].change = nil
        jobs[job.index].changeIsDue = false
        jobs[job.index].attempt = attempt
        jobs[job.index].isStarting = true
        jobs[job.index].isReady = false
        jobs[job.index].stopReason = nil
        jobs[job.index].askedToStop = false
        jobs[job.index].killed = false
        jobs[job.index].lastEnding = nil
        jobs[job.index].startFailure = nil
        if let limit = plan.concurrency, plan.jobs[job.index].kind == .task {
            demand(jobs.indices.filter { isRunningTask($0) }.count <= limit, "too many tasks at once")
        }
    }

    func judgeStop(_ job: JobID, isKill: Bool) {
        let account = jobs[job.index]
        demand(account.isAlive, "\(name(job)) stopped, but it does not run")
        demand(account.stopReason != nil, "\(name(job)) stopped without a word")
        demand(isKill || !account.askedToStop, "\(name(job)) stopped twice")
        demand(!isKill || !account.killed, "\(name(job)) killed twice")
        demand(isKill == (interrupts >= 2), "\(name(job)) ended in the wrong way")
        jobs[job.index].askedToStop = true
        jobs[job.index].killed = isKill
        guard !isKill else { return }
        switch account.stopReason {
        case .notNeeded:
            demand(!isNeeded(job.index), "\(name(job)) stopped although it is needed")
        case .run:
            let isFirst = dependents[job.index].allSatisfy { !jobs[$0].isAlive && !jobs[$0].isStarting }
            demand(isFirst, "\(name(job)) stopped before what depends on it")
        case .timeout, .idleTimeout, .notReady, .probeFailed, .portTaken, .unhealthy, .dependencyRestarts, .changed,
            nil:
            break
        }
    }

    /// Who runs, or is about to, and depends on the job with `restart: true`, has to be started again.
    func callFollowers(of job: JobID) {
        for follower in dependents[job.index]
        where plan.jobs[follower].dependencies.contains(where: { $0.job == job && $0.restarts }) {
            let account = jobs[follower]
            let runs = account.isAlive && !account.askedToStop
            if runs || account.isStarting || account.isPausing { jobs[follower].isFollowing = true }
            guard account.resting != nil else { continue }
            jobs[follower].resting = nil
            jobs[follower].isFollowing = true
            callFollowers(of: JobID(follower))
        }
    }

    private func judgeRestart(of job: JobID, _ restart: Int) {
        let planned = plan.jobs[job.index]
        let account = jobs[job.index]
        demand(restart == account.restarts + 1, "\(name(job)) miscounts its restarts")
        if planned.retry.maximum > 0 {
            demand(restart <= planned.retry.maximum, "\(name(job)) retried too often")
            let isUnwell = account.stopReason == .unhealthy
            if !isUnwell, let triggers = planned.retry.triggers, case .exited(let code) = account.lastEnding?.status {
                let isTriggered = account.stopReason != nil ? triggers.timeout : triggers.exitCodes.contains(code)
                demand(isTriggered, "\(name(job)) retried after a failure that does not call for it")
            }
        } else {
            let isUnwell = account.stopReason == .unhealthy && planned.health?.onFailure == .restart
            demand(planned.restart.condition != .no || isUnwell, "\(name(job)) has no restarts and was restarted")
            demand(restart <= planned.restart.maximum ?? .max, "\(name(job)) restarted too often")
        }
        jobs[job.index].restarts = restart
        jobs[job.index].isPausing = true
        callFollowers(of: job)
    }

    func judge(_ event: RunEvent) {
        switch event {
        case .jobStopping(let job, let attempt, let reason):
            demand(attempt == jobs[job.index].attempt, "\(name(job)) speaks of another attempt")
            switch reason {
            case .timeout: demand(dueTimer == .timeout(job), "\(name(job)) had more time")
            case .idleTimeout: demand(dueTimer == .idle(job), "\(name(job)) was not silent for so long")
            case .notReady, .probeFailed, .portTaken:
                let isDue = dueTimer == .readiness(job) && !jobs[job.index].isReady
                demand(isDue, "\(name(job)) is ready or had more time to be so")
            case .unhealthy:
                demand(
                    unhealthy == job && plan.jobs[job.index].health?.onFailure != .mark,
                    "\(name(job)) is not to be ended"
                )
            case .dependencyRestarts(let dependency):
                demand(jobs[job.index].isFollowing, "\(name(job)) follows \(name(dependency)), which does not restart")
                callFollowers(of: job)
            case .changed: demand(jobs[job.index].isFollowing, "\(name(job)) is stopped, but nothing has changed")
            case .notNeeded, .run: break
            }
            jobs[job.index].stopReason = reason
        case .jobFinished(let job, let outcome): judgeLastWord(outcome, of: job)
        case .jobResting(let job, let outcome): judgeRest(outcome, of: job)
        case .jobChanged(let job, let path): judgeChange(path, of: job)
        case .jobRestarting(let job, let restart, after: _): judgeRestart(of: job, restart)
        case .runFinalizing(let outcome):
            demand(!isFinalizing, "the end begins twice")
            demand(!armed.contains(.run), "the run's timeout counts for the finally tasks")
            weighLastWords()
            isFinalizing = true
            outerStop = nil
            judgeExitCode(outcome)
        case .runStopping(let reason):
            demand(isFinalizing ? finalStop == nil : runStop == nil, "the run is stopped twice")
            weighLastWords()
            if isFinalizing { finalStop = reason }
            runStop = runStop ?? reason
            switch reason {
            case .failed, .ended: demand(owedStop == reason, "the run is stopped for \(reason), which is no reason")
            case .interrupted, .fault, .timeout: demand(reason == outerStop, "the run is stopped for \(reason)")
            }
        default: break
        }
    }

    private func judgeLastWord(_ outcome: JobOutcome, of job: JobID) {
        demand(jobs[job.index].resting == nil || jobs[job.index].resting == outcome, "\(name(job)) ended otherwise")
        demand(!hasToRest(job, after: outcome), "\(name(job)) is finished, but may run again")
        judge(outcome, of: job)
        jobs[job.index].resting = nil
        jobs[job.index].outcome = outcome
        if case .failed(let reason) = outcome { judge(reason, of: job) }
        let isEnd =
            switch outcome {
            case .succeeded: plan.jobs[job.index].endsRun == .always
            case .failed: plan.jobs[job.index].endsRun != .no
            case .stopped, .skipped: false
            }
        if isEnd { lastWords.append((.ended(job), handlers: [])) }
    }

    /// A failure is handled by whoever waited for it, but not by those that are lost by the same event.
    func weighLastWords() {
        let stops = lastWords.filter { word in
            word.handlers.allSatisfy { if case .skipped(.dependency) = jobs[$0].outcome { true } else { false } }
        }
        .map(\.stop)
        lastWords = []
        if runStop == nil, !isFinalizing, owedStop == nil { owedStop = stops.first(where: \.isFailure) ?? stops.first }
    }

    func judge(_ outcome: JobOutcome, of job: JobID) {
        let account = jobs[job.index]
        demand(account.outcome == nil, "\(name(job)) had its last word already")
        demand(!account.isAlive && !account.isStarting, "\(name(job)) is finished, but runs")
        switch outcome {
        case .succeeded:
            demand(account.stopReason == nil && succeeded(job), "\(name(job)) did not succeed")
            let mayEnd = plan.jobs[job.index].kind == .task || plan.jobs[job.index].restart.condition == .onFailure
            demand(mayEnd, "\(name(job)) did not stay up and succeeded")
        case .failed(.survivors(let count)):
            demand(account.lastEnding?.receipt.survivors == count && count > 0, "\(name(job)) left nobody")
        case .failed(.startFailed(let failure)):
            demand(account.startFailure == failure, "\(name(job)) could be started")
        case .failed(.ended(let status)):
            demand(account.stopReason == nil && account.lastEnding?.status == status, "\(name(job)) ended otherwise")
            demand(plan.jobs[job.index].kind == .service || !succeeded(job), "\(name(job)) succeeded")
            demand(succeeded(job) || !ranOutOfMemory(job), "\(name(job)) had no memory, which nobody is told")
        case .failed(.outOfMemory(let limit, let status)):
            demand(account.stopReason == nil && account.lastEnding?.status == status, "\(name(job)) ended otherwise")
            demand(ranOutOfMemory(job) && !succeeded(job), "\(name(job)) had memory")
            demand(plan.jobs[job.index].resources.memory == limit, "\(name(job)) had more memory")
        case .failed(.leftBehind): demand(plan.jobs[job.index].leaks == .fail, "\(name(job)) may leave processes")
        case .failed(.timeout(let limit)): demand(account.stopReason == .timeout(limit), "\(name(job)): no timeout")
        case .failed(.idleTimeout(let limit)):
            demand(account.stopReason == .idleTimeout(limit), "\(name(job)): not idle")
        case .failed(.notReady(let limit)):
            demand(account.stopReason == .notReady(within: limit), "\(name(job)): was ready")
        case .failed(.probeFailed(let times)):
            demand(account.stopReason == .probeFailed(times: times), "\(name(job)): had more tries")
        case .failed(.portTaken(let port, let holder)):
            demand(account.stopReason == .portTaken(port, by: holder), "\(name(job)): had its port")
        case .failed(.unhealthy): demand(account.stopReason == .unhealthy, "\(name(job)): was healthy")
        case .failed(.dependency(let dependency)):
            demand(account.isFollowing, "\(name(job)) does not follow, but fails")
            judge(SkipReason.dependency(dependency), of: job)
        case .stopped(let reason):
            demand(account.attempt > 0, "\(name(job)) never ran and was stopped")
            let stop = plan.jobs[job.index].isFinally ? finalStop : runStop
            demand(reason == .notNeeded || reason == stop.map { .run($0) }, "\(name(job)) stopped for no reason")
        case .skipped(let reason):
            demand(account.attempt == 0, "\(name(job)) ran and was skipped")
            judge(reason, of: job)
        }
    }

    private func judge(_ reason: SkipReason, of job: JobID) {
        switch reason {
        case .run(let why):
            demand(
                why == (plan.jobs[job.index].isFinally ? finalStop ?? runStop : runStop),
                "\(name(job)) skipped for no reason"
            )
        case .condition:
            demand(
                plan.jobs[job.index].onlyIf == .never || jobs[job.index].wasDeclined,
                "\(name(job)) skipped without an if"
            )
        case .notNeeded: demand(!isNeeded(job.index), "\(name(job)) skipped although it is needed")
        case .dependency(let dependency):
            demand(plan.jobs[job.index].dependencies.contains(dependency), "\(name(job)) skipped for a stranger")
            demand(jobs[dependency.job.index].outcome != nil && !isMet(dependency), "\(name(job)) skipped too early")
        }
    }

    private func judge(_ reason: FailureReason, of job: JobID) {
        let hasSurvivors = if case .survivors = reason { true } else { false }
        guard hasSurvivors || !plan.jobs[job.index].isOptional else { return }
        failures.append(job)
        let handlers = dependents[job.index].filter { other in
            jobs[other].outcome == nil && jobs[other].attempt == 0
                && plan.jobs[other].dependencies.contains {
                    $0.job == job && ($0.condition == .failed || $0.condition == .completed || !$0.isRequired)
                }
        }
        if plan.jobs[job.index].endsRun != .no || plan.onFailure == .stop && hasSurvivors {
            lastWords.append((.failed(job), handlers: []))
        } else if plan.onFailure == .stop {
            lastWords.append((.failed(job), handlers))
        }
    }

    private func succeeded(_ job: JobID) -> Bool {
        guard let ending = jobs[job.index].lastEnding, case .exited(let code) = ending.status else { return false }
        return plan.jobs[job.index].successExitCodes.contains(code) && ending.receipt.survivors == 0
    }

    private func ranOutOfMemory(_ job: JobID) -> Bool {
        plan.jobs[job.index].resources.memory != nil && jobs[job.index].lastEnding?.memoryKills ?? 0 > 0
    }

    func judgeFinish(_ outcome: RunOutcome) {
        for (index, account) in jobs.enumerated() {
            let name = plan.jobs[index].name
            demand(!account.isAlive && !account.isStarting, "\(name) runs after the finish")
            demand(account.outcome != nil, "\(name) had no last word")
        }
        demand(armed.isEmpty, "timers left: \(armed)")
        judgeExitCode(outcome)
    }

    private func judgeExitCode(_ outcome: RunOutcome) {
        demand(outcome.stopReason == runStop, "another stop reason")
        demand(outcome.failed == failures, "other failures")
        let unreached = jobs.indices.filter { !plan.jobs[$0].isOptional && isUnreached($0) }.map { JobID($0) }
        demand(outcome.unreached == unreached, "other unreached jobs: \(outcome.unreached), not \(unreached)")
        let expected: Int32 =
            switch runStop {
            case .interrupted(let signal): 128 + signal.rawValue
            case .fault: 70
            case .timeout: 124
            case .failed: 1
            case .ended, nil: failures.isEmpty && unreached.isEmpty ? 0 : 1
            }
        demand(outcome.exitCode == expected, "exit code \(outcome.exitCode), not \(expected)")
    }

    /// Follows the chains of skips to their origins: failures, unless somebody waited for one in vain.
    private func isUnreached(_ index: Int) -> Bool {
        guard case .skipped(.dependency(let dependency)) = jobs[index].outcome else { return false }
        switch jobs[dependency.job.index].outcome {
        case .succeeded where dependency.condition != .failed: return true
        case .failed, .stopped, nil: return true
        case .succeeded, .skipped: break
        }
        return plan.jobs[index].dependencies.contains { other in
            guard other.isRequired, !isMet(other) else { return false }
            switch jobs[other.job.index].outcome {
            case .failed: return true
            case .succeeded: return other.condition != .failed
            case .skipped: return isUnreached(other.job.index)
            case .stopped, nil: return false
            }
        }
    }
}
