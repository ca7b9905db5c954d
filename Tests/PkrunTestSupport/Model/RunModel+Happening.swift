internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// What an input means to the job that it is about.
extension RunModel {
    mutating func happen(_ input: SchedulerInput) {
        switch input {
        case .begin: hasBegun = true
        case .started(let job): started(job.index)
        case .startFailed(let job, let failure): startFailed(job.index, failure)
        case .declined(let job): declined(job.index)
        case .ready(let job, after: _): if isUp(job.index) { jobs[job.index].stage = .up(isReady: true) }
        case .probeFailed(let job, let times): endUnready(job.index, .probeFailed(times: times))
        case .portTaken(let job, let port, let holder): endUnready(job.index, .portTaken(port, by: holder))
        case .healthy(let job): if isUp(job.index) { jobs[job.index].isHealthy = true }
        case .unhealthy(let job, _): becameUnhealthy(job.index)
        case .ended(let job, let ending): ended(job.index, ending)
        case .timer(let timer): ranOut(timer)
        case .quiet(let job, let silence):
            if let limit = plan.jobs[job.index].idleTimeout, silence >= limit { endUp(job.index, .idleTimeout(limit)) }
        case .changed(let job, path: _): changed(job.index)
        case .reload(let new, path: _): reload(new)
        case .fault(let description): if isRunning { stopTheRun(.fault(description)) }
        case .interrupt(let signal): interrupted(signal)
        }
    }

    private func isUp(_ index: Int) -> Bool { if case .up = jobs[index].stage { true } else { false } }

    private mutating func endUp(_ index: Int, _ reason: StopReason) { if isUp(index) { end(index, reason) } }

    private mutating func endUnready(_ index: Int, _ reason: StopReason) {
        if jobs[index].stage == .up(isReady: false) { end(index, reason) }
    }

    private mutating func started(_ index: Int) {
        guard case .starting(let reason) = jobs[index].stage else { return }
        jobs[index].hasStarted = true
        jobs[index].stage = .up(isReady: plan.jobs[index].kind == .service && plan.jobs[index].readiness.probes.isEmpty)
        guard let reason else { return }
        end(index, reason)
        if reason.isRestart { takeFollowers(of: index) }
    }

    private mutating func startFailed(_ index: Int, _ failure: StartFailure) {
        guard case .starting(let reason) = jobs[index].stage else { return }
        jobs[index].locks = []
        let outcome = JobOutcome.failed(.startFailed(failure))
        switch reason {
        case .changed: waitAgain(index)
        case .dependencyRestarts where jobs[index].hasStarted || mayRest(index, after: outcome): waitAgain(index)
        default: conclude(index, outcome, mayRestart: jobs[index].hasStarted)
        }
    }

    private mutating func declined(_ index: Int) {
        guard case .starting(let reason) = jobs[index].stage else { return }
        jobs[index].locks = []
        jobs[index].attempt -= 1
        if stop != nil || isUnneeded(index) {
            finish(index, .skipped(stop.map { .run($0) } ?? .notNeeded))
        } else if case .changed = reason {
            waitAgain(index)
        } else {
            finish(index, .skipped(.condition))
        }
    }

    private mutating func becameUnhealthy(_ index: Int) {
        guard isUp(index) else { return }
        jobs[index].isHealthy = false
        if plan.jobs[index].health?.onFailure != .mark { end(index, .unhealthy) }
    }

    private mutating func ranOut(_ timer: SchedulerTimer) {
        switch timer {
        case .run: if let limit = plan.timeout { stopTheRun(.timeout(limit)) }
        case .timeout(let job): if let limit = plan.jobs[job.index].timeout { endUp(job.index, .timeout(limit)) }
        case .readiness(let job): endUnready(job.index, .notReady(within: plan.jobs[job.index].readiness.timeout))
        case .restart(let job): if jobs[job.index].stage == .pausing { jobs[job.index].stage = .due }
        case .window(let job): jobs[job.index].restarts = 0
        case .change(let job): changesAreOver(job.index)
        case .idle: break
        }
    }

    private mutating func interrupted(_ signal: SignalNumber) {
        interrupts += 1
        if stop == nil {
            stopTheRun(.interrupted(signal))
        } else if interrupts == 2, let stop {
            for index in jobs.indices {
                switch jobs[index].stage {
                case .starting: jobs[index].stage = .starting(then: .run(stop))
                case .up: end(index, .run(stop))
                case .stopping: deeds.insert(.kill(JobID(index)))
                case .waiting, .due, .pausing, .resting, .done: break
                }
            }
        }
    }

    // MARK: Files

    private mutating func changed(_ index: Int) {
        guard isRunning, plan.jobs[index].watch != nil, watches(index) else { return }
        switch jobs[index].stage {
        case .up, .pausing, .resting: jobs[index].change = .fresh
        case .stopping(let reason): if !reason.isRestart { jobs[index].change = .fresh }
        case .waiting, .due, .starting, .done: break
        }
    }

    private mutating func changesAreOver(_ index: Int) {
        guard isRunning, jobs[index].change != nil else { return }
        switch (jobs[index].stage, plan.jobs[index].watch?.action) {
        case (.pausing, _), (.resting, _): runAgain(index)
        case (.up, .restart):
            jobs[index].change = nil
            jobs[index].restarts = 0
            end(index, .changed(""))
            takeFollowers(of: index)
        case (.up, .signal):
            jobs[index].change = nil
            jobs[index].restarts = 0
            deeds.insert(.signal(JobID(index)))
        default: jobs[index].change = .due
        }
    }
}
