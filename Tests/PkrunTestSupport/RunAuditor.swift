internal import PkrunEvents
package import PkrunPlan
package import PkrunScheduler

/// Watches a run from outside and keeps its own account of what is true, by which it judges every action.
///
/// It shares no code with the scheduler: what both get wrong must have been thought wrong twice.
package final class RunAuditor {
    package private(set) var violations: [String] = []
    package internal(set) var isFinished = false

    let plan: Plan
    let dependents: [[Int]]
    var jobs: [Account]
    var armed: Set<SchedulerTimer> = []
    var interrupts = 0
    /// The first stop of the run decides how it is judged.
    var runStop: RunStopReason?
    /// The `finally` tasks have had their word to begin.
    var isFinalizing = false
    /// What stopped the `finally` tasks.
    var finalStop: RunStopReason?
    /// What may have stopped the run: the first signal or the run's timeout, whichever came first.
    var outerStop: RunStopReason?
    var failures: [JobID] = []
    /// The timer that the last input told of.
    var dueTimer: SchedulerTimer?
    /// The job whose health check has just failed.
    var unhealthy: JobID?
    /// Last words of the present input that stop the run, unless one of those can do with them who are told to be lost
    /// later.
    var lastWords: [(stop: RunStopReason, handlers: [Int])] = []
    /// The run has to be stopped.
    var owedStop: RunStopReason?

    struct Account: Hashable {
        var attempt = 0
        var isStarting = false
        var isAlive = false
        var wasStarted = false
        var isReady = false
        var isHealthy = false
        var wasDeclined = false
        /// Announced and not followed by a start yet.
        var isPausing = false
        /// Restarts that count.
        var restarts = 0
        /// A dependency starts again, and so shall this.
        var isFollowing = false
        var windowIsOver = false
        var stopReason: StopReason?
        var askedToStop = false
        var killed = false
        var lastEnding: AttemptEnding?
        var startFailure: StartFailure?
        var outcome: JobOutcome?
        /// How it ended for now.
        var resting: JobOutcome?
        /// A file has changed that the attempt has not seen.
        var change: String?
        /// No other has for a while.
        var changeIsDue = false
        /// Told of a change, it gets a signal next.
        var owesSignal = false
    }

    package init(plan: Plan) {
        self.plan = plan
        jobs = Array(repeating: Account(), count: plan.jobs.count)
        var dependents: [[Int]] = Array(repeating: [], count: plan.jobs.count)
        for (index, job) in plan.jobs.enumerated() {
            for dependency in job.dependencies { dependents[dependency.job.index].append(index) }
        }
        self.dependents = dependents
    }

    func demand(_ isTrue: Bool, _ message: @autoclosure () -> String) {
        if !isTrue { violations.append(message()) }
    }

    func name(_ job: JobID) -> String { plan.jobs[job.index].name }

    package func observe(_ input: SchedulerInput) {
        dueTimer = nil
        unhealthy = nil
        switch input {
        case .begin: break
        case .started(let job):
            jobs[job.index].isStarting = false
            jobs[job.index].isAlive = true
            jobs[job.index].wasStarted = true
            jobs[job.index].isHealthy = false
            jobs[job.index].isReady =
                plan.jobs[job.index].kind == .service && plan.jobs[job.index].readiness.probes.isEmpty
        case .startFailed(let job, let failure):
            jobs[job.index].isStarting = false
            jobs[job.index].startFailure = failure
        case .ready(let job, after: _):
            if jobs[job.index].isAlive, !jobs[job.index].askedToStop { jobs[job.index].isReady = true }
        case .healthy(let job):
            if jobs[job.index].isAlive, !jobs[job.index].askedToStop { jobs[job.index].isHealthy = true }
        case .unhealthy(let job, _):
            jobs[job.index].isHealthy = false
            if jobs[job.index].isAlive { unhealthy = job }
        case .declined(let job):
            jobs[job.index].isStarting = false
            jobs[job.index].attempt -= 1
            jobs[job.index].wasDeclined = true
        case .portTaken(let job, _, by: _), .probeFailed(let job, times: _):
            if jobs[job.index].isAlive, !jobs[job.index].isReady { dueTimer = .readiness(job) }
        case .ended(let job, let ending):
            jobs[job.index].isAlive = false
            jobs[job.index].isReady = false
            jobs[job.index].lastEnding = ending
        case .timer(let timer):
            armed.remove(timer)
            dueTimer = timer
            if case .window(let job) = timer {
                jobs[job.index].restarts = 0
                jobs[job.index].windowIsOver = true
            }
            if case .change(let job) = timer { jobs[job.index].changeIsDue = true }
            if timer == .run, runStop == nil, let limit = plan.timeout { outerStop = .timeout(limit) }
        case .quiet(let job, for: let silence):
            armed.remove(.idle(job))
            if silence >= plan.jobs[job.index].idleTimeout ?? .zero { dueTimer = .idle(job) }
        case .changed(let job, let path): note(path, of: job)
        case .reload: break
        case .fault(let description):
            if runStop == nil { outerStop = .fault(description) }
        case .interrupt(let signal):
            interrupts += 1
            if runStop == nil || isFinalizing { outerStop = .interrupted(signal) }
        }
    }

    package func observe(_ actions: [SchedulerAction]) {
        for action in actions {
            demand(!isFinished, "something after the finish: \(action)")
            switch action {
            case .start(let job, let attempt, let asks): judgeStart(job, attempt, asks)
            case .stop(let job): judgeStop(job, isKill: false)
            case .kill(let job): judgeStop(job, isKill: true)
            case .signal(let job, let signal): judgeSignal(signal, to: job)
            case .arm(let timer, after: _):
                demand(armed.insert(timer).inserted, "\(timer) armed twice")
            case .disarm(let timer):
                demand(armed.remove(timer) != nil, "\(timer) disarmed but not armed")
            case .report(let event): judge(event)
            case .finish(let outcome):
                isFinished = true
                judgeFinish(outcome)
            }
        }
        demandReactionsToChanges()
        weighLastWords()
        demand(owedStop == nil || runStop != nil, "a failure did not stop the run")
        for job in jobs where job.isFollowing { demand(!job.isAlive || job.askedToStop, "a job did not follow") }
        demand(interrupts < 2 || jobs.allSatisfy { !$0.isAlive || $0.killed }, "the second signal spared a job")
    }

    /// Called when nothing more would happen by itself: then only what somebody wants to run may be running.
    package func observeQuiet() {
        let isUp = jobs.contains { $0.isAlive || $0.resting != nil }
        demand(isUp, "nothing runs, nothing will, and the run is not finished")
        observeSettled()
    }

    /// Whatever can be started or has to be ended must have been, once an input has been dealt with.
    package func observeSettled() {
        guard !isFinished else { return }
        let running = jobs.indices.filter { isRunningTask($0) }.count
        for index in jobs.indices {
            let account = jobs[index]
            guard plan.jobs[index].isFinally ? isFinalizing && finalStop == nil : runStop == nil else { continue }
            let isWaiting = account.attempt == 0 || account.isFollowing && !account.isAlive && !account.isStarting
            // A restart does not ask for conditions.
            let isDue = account.isPausing && !account.isFollowing && !armed.contains(.restart(JobID(index)))
            if isWaiting || isDue, account.outcome == nil {
                let conditionsHold = isDue || plan.jobs[index].dependencies.allSatisfy { isMet($0) }
                let canStart = conditionsHold && locksAreFree(for: index)
                let hasPlace = plan.jobs[index].kind == .service || running < plan.concurrency ?? .max
                demand(!canStart || !hasPlace, "\(plan.jobs[index].name) could start and does not")
            }
            guard account.isAlive && !account.askedToStop || account.resting != nil else { continue }
            demand(isNeeded(index), "\(plan.jobs[index].name) runs on although nothing needs it")
            for timer in timers(of: index) where account.isAlive {
                demand(armed.contains(timer), "\(timer) is not armed")
            }
        }
    }

    func isRunningTask(_ index: Int) -> Bool {
        plan.jobs[index].kind == .task && (jobs[index].isAlive || jobs[index].isStarting)
    }

    func locksAreFree(for index: Int) -> Bool {
        let locks = Set(plan.jobs[index].locks)
        return jobs.indices.allSatisfy { other in
            other == index || !isRunningTask(other) || locks.isDisjoint(with: plan.jobs[other].locks)
        }
    }

    /// The timers that a running job has to have.
    private func timers(of index: Int) -> [SchedulerTimer] {
        let job = plan.jobs[index]
        var timers: [SchedulerTimer] = []
        if job.timeout != nil { timers.append(.timeout(JobID(index))) }
        if job.idleTimeout != nil { timers.append(.idle(JobID(index))) }
        if job.restart.window != nil, jobs[index].restarts > 0, !jobs[index].windowIsOver {
            timers.append(.window(JobID(index)))
        }
        if !job.readiness.probes.isEmpty, !jobs[index].isReady { timers.append(.readiness(JobID(index))) }
        return timers
    }

    func isNeeded(_ index: Int) -> Bool {
        if plan.goals.contains(JobID(index)) || dependents[index].isEmpty { return true }
        return dependents[index].contains { dependent in
            switch jobs[dependent].outcome {
            case nil: true
            case .skipped: plan.jobs[index].kind == .task && jobs[index].resting == nil
            case .succeeded, .failed, .stopped: false
            }
        }
    }

    func isMet(_ dependency: Dependency) -> Bool {
        let account = jobs[dependency.job.index]
        if !dependency.isRequired, account.outcome != nil { return true }
        switch (dependency.condition, account.outcome ?? account.resting) {
        case (.started, let end): return account.wasStarted && (end != nil || account.isAlive && !account.askedToStop)
        case (.ready, _): return account.isAlive && account.isReady && !account.askedToStop
        case (.healthy, _): return account.isAlive && account.isHealthy && !account.askedToStop
        case (.succeeded, .succeeded), (.failed, .failed): return true
        case (.completed, .succeeded), (.completed, .failed), (.completed, .stopped): return true
        case (.succeeded, _), (.failed, _), (.completed, _): return false
        }
    }
}
