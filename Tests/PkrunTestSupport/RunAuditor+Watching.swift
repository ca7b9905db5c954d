internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// What has to come of files that change.
extension RunAuditor {
    /// It watches files, or follows one that may run again, and is not finished by its own end alone.
    func mayRunAgain(_ job: JobID) -> Bool {
        guard jobs[job.index].outcome == nil, !plan.jobs[job.index].isFinally else { return false }
        return plan.jobs[job.index].watch != nil
            || plan.jobs[job.index].dependencies.contains { $0.restarts && mayRunAgain($0.job) }
    }

    private var isUnderWay: Bool { runStop == nil && !isFinalizing }

    func note(_ path: String, of job: JobID) {
        let account = jobs[job.index]
        guard isUnderWay, mayRunAgain(job), plan.jobs[job.index].watch != nil else { return }
        let isRestarting =
            switch account.stopReason {
            case .changed, .dependencyRestarts: account.askedToStop
            default: false
            }
        let isPausing = armed.contains(.restart(job))
        guard account.isAlive && !isRestarting || isPausing || account.resting != nil else { return }
        jobs[job.index].change = path
        jobs[job.index].changeIsDue = false
    }

    /// After every input: what a change calls for has been done.
    func demandReactionsToChanges() {
        guard isUnderWay else { return }
        for (index, account) in jobs.enumerated() {
            demand(!account.owesSignal, "job\(index) does not get its signal")
            demand(account.resting == nil || mayRunAgain(JobID(index)), "job\(index) rests for ever")
        }
        for (index, account) in jobs.enumerated() where account.change != nil && account.outcome == nil {
            guard account.changeIsDue else {
                demand(armed.contains(.change(JobID(index))), "nobody waits for the changes of job\(index) to be over")
                continue
            }
            let isPausing = armed.contains(.restart(JobID(index)))
            demand(!isPausing && account.resting == nil, "job\(index) does not run again after a change")
            let runs = account.isAlive && !account.askedToStop
            demand(!runs, "job\(index) does not hear of a change")
        }
    }

    func judgeChange(_ path: String, of job: JobID) {
        let account = jobs[job.index]
        demand(account.changeIsDue && account.change == path, "\(path) has not changed, or just so")
        jobs[job.index].change = nil
        jobs[job.index].changeIsDue = false
        jobs[job.index].restarts = 0
        if case .signal = plan.jobs[job.index].watch?.action, account.isAlive {
            jobs[job.index].owesSignal = true
            return
        }
        jobs[job.index].isPausing = false
        jobs[job.index].resting = nil
        jobs[job.index].isFollowing = true
        callFollowers(of: job)
    }

    func judgeSignal(_ signal: SignalNumber, to job: JobID) {
        demand(jobs[job.index].owesSignal, "\(name(job)) gets a signal for nothing")
        demand(plan.jobs[job.index].watch?.action == .signal(signal), "\(name(job)) gets another signal")
        jobs[job.index].owesSignal = false
    }

    func judgeRest(_ outcome: JobOutcome, of job: JobID) {
        demand(hasToRest(job, after: outcome), "\(name(job)) rests, but will not run again")
        judge(outcome, of: job)
        jobs[job.index].resting = outcome
    }

    func hasToRest(_ job: JobID, after outcome: JobOutcome) -> Bool {
        guard isUnderWay, mayRunAgain(job) else { return false }
        switch outcome {
        case .succeeded: break
        case .failed(.survivors), .failed(.dependency), .stopped, .skipped: return false
        case .failed: break
        }
        let isGoal = plan.goals.contains(job) || dependents[job.index].isEmpty
        return isGoal || dependents[job.index].contains { jobs[$0].outcome == nil }
    }
}
