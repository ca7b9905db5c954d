internal import PkrunEvents
internal import PkrunPlan

/// From waiting to up.
extension Scheduler {
    /// Lines the job up for its start.
    ///
    /// - Precondition: the job has waited for its dependencies, or for the end of its backoff.
    mutating func enqueue(_ job: JobID) {
        records[job.index].state = .queued
        switch plan.jobs[job.index].kind {
        case .service: readyServices.insert(job)
        case .task: readyTasks.insert(job)
        }
    }

    /// Starts what can be started, in the order of the plan.
    mutating func startQueued() {
        while let job = nextInQueue() {
            guard records[job.index].state == .queued, locks.take(job) else {
                for other in locks.passOver(job) { readyTasks.insert(other) }
                continue
            }
            start(job)
        }
    }

    /// A job that has ceased to be queued is still in its queue; whoever takes it out has to look.
    private mutating func nextInQueue() -> JobID? {
        let hasPlace = runningTasks < plan.concurrency ?? .max
        switch (readyServices.first, hasPlace ? readyTasks.first : nil) {
        case (nil, nil): return nil
        case (_?, nil): return readyServices.removeFirst()
        case (nil, _?): return readyTasks.removeFirst()
        case (let service?, let task?):
            return service < task ? readyServices.removeFirst() : readyTasks.removeFirst()
        }
    }

    private mutating func start(_ job: JobID) {
        let asks = if case .command = plan.jobs[job.index].onlyIf { records[job.index].isNew } else { false }
        if records[job.index].isNew { records[job.index].hasStarted = false }
        records[job.index].isNew = false
        records[job.index].attempt += 1
        records[job.index].asksConditions = false
        records[job.index].isHealthy = false
        records[job.index].change = nil
        disarm(.change, of: job)
        records[job.index].state = .starting(thenStop: nil)
        if plan.jobs[job.index].kind == .task { runningTasks += 1 }
        actions.append(.start(job, attempt: records[job.index].attempt, asks: asks))
    }

    mutating func started(_ job: JobID) {
        guard case .starting(let thenStop) = records[job.index].state else { return }
        records[job.index].hasStarted = true
        records[job.index].state = .running
        if let thenStop {
            stop(job, thenStop)
            if thenStop.leadsToAStart { restartDependents(of: job) }
            return
        }
        if let window = plan.jobs[job.index].restart.window, records[job.index].restarts > 0 {
            arm(.window, of: job, after: window)
        }
        if let timeout = plan.jobs[job.index].timeout { arm(.timeout, of: job, after: timeout) }
        if let idleTimeout = plan.jobs[job.index].idleTimeout { arm(.idle, of: job, after: idleTimeout) }
        if !plan.jobs[job.index].readiness.probes.isEmpty {
            arm(.readiness, of: job, after: plan.jobs[job.index].readiness.timeout)
        } else if plan.jobs[job.index].kind == .service {
            becameReady(job, after: .zero)
        }
        announce(job)
    }

    mutating func becameReady(_ job: JobID, after duration: Duration) {
        guard records[job.index].state == .running else { return }
        records[job.index].state = .ready
        disarm(.readiness, of: job)
        actions.append(.report(.jobReady(job, attempt: records[job.index].attempt, after: duration)))
        announce(job)
    }
}
