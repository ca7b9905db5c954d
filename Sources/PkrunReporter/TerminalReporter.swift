package import PkrunEvents
package import PkrunPlan

/// Tells a run on a terminal, line by line and calmly: a fold over its events.
package struct TerminalReporter: Sendable {
    private(set) var plan: Plan
    private(set) var column: PrefixColumn
    private(set) var wording: Wording
    let style: Style
    var jobs: [Progress]
    private var alive = 0
    /// Jobs that are neither up nor finished yet.
    private var unsettled: Int
    private var isStopping = false

    /// What has been seen of one job.
    struct Progress: Sendable {
        /// Of the first attempt.
        var startTime: Duration?
        var endTime: Duration?
        var isAlive = false
        var isSettled = false
        /// Has ended and waits for a file to change.
        var isResting = false
        /// Why the attempt that is over was not what it should be.
        var lastProblem: String?
        /// Steps of the stop ladder in this attempt.
        var steps = 0
        var hasLeftBehind = false
        var survivors = 0
        var outcome: JobOutcome?

        /// From the first start to the last end.
        var duration: Duration? {
            guard let startTime, let endTime else { return nil }
            return endTime - startTime
        }
    }

    package init(plan: Plan, usesColor: Bool) {
        self.plan = plan
        column = PrefixColumn(plan: plan, usesColor: usesColor)
        wording = Wording(plan: plan)
        style = Style(usesColor: usesColor)
        jobs = Array(repeating: Progress(), count: plan.jobs.count)
        unsettled = plan.jobs.count
    }

    /// - Parameters:
    ///   - time: since the start of the run.
    ///   - shown: gets the lines that the event is worth, often none.
    package mutating func receive(_ event: RunEvent, at time: Duration, to shown: inout [UInt8]) {
        for line in lines(for: event, at: time) {
            shown.append(contentsOf: column.ownPrefix)
            shown.append(contentsOf: line.utf8)
            shown.append(UInt8(ascii: "\n"))
        }
    }

    private mutating func lines(for event: RunEvent, at time: Duration) -> [String] {
        switch event {
        case .runStarted(let start):
            let count = plan.jobs.count == 1 ? "1 job" : "\(plan.jobs.count) jobs"
            return ["\(start.name): \(count), contained by \(start.mechanism)"]
        case .jobStarted(let job, let attempt, let processID):
            jobs[job.index].startTime = jobs[job.index].startTime ?? time
            jobs[job.index].isAlive = true
            jobs[job.index].isResting = false
            jobs[job.index].lastProblem = nil
            alive += 1
            jobs[job.index].steps = 0
            jobs[job.index].hasLeftBehind = false
            let process = style.apply(.dim, to: "(pid \(processID))")
            return [about(job, attempt == 1 ? "started \(process)" : "started again \(process)")]
        case .jobReady(let job, attempt: _, let duration):
            let line = about(job, "ready after \(wording.words(duration))")
            return (duration == .zero ? [] : [line]) + settle(job)
        case .jobNotReady(let job, attempt: _, let probes):
            return probes.map { about(job, "\($0.probe): \($0.result)") }
        case .jobHealthy(let job, attempt: _):
            return [about(job, "healthy")]
        case .jobUnhealthy(let job, attempt: _, let probes):
            let failed = probes.filter { !$0.passed }.map { about(job, "\($0.probe): \($0.result)") }
            return [about(job, style.apply(.yellow, to: "unhealthy"))] + failed
        case .jobUnlimited(let job, attempt: _, let limits):
            return limits.map { about(job, style.apply(.yellow, to: wording.unkept($0))) }
        case .jobStartFailed(let job, attempt: _, let failure):
            jobs[job.index].lastProblem = wording.failure(failure)
            return []
        case .jobLeftBehind(let job, attempt: _, let processes, let policy):
            jobs[job.index].hasLeftBehind = true
            return processes.isEmpty ? [] : [leftBehind(job, processes, policy)]
        case .jobEscaped(let job, attempt: _, let processes):
            return processes.map { about(job, style.apply(.yellow, to: wording.escape([$0]))) }
        case .jobStopping(let job, attempt: _, let reason):
            return stopping(job, reason)
        case .jobStopStep(let job, attempt: _, let step):
            jobs[job.index].steps += 1
            return jobs[job.index].steps == 1 ? [] : [about(job, "is still there: \(wording.step(step))")]
        case .jobDossier(let job, attempt: _, let processes, lastLine: let line):
            return wording.dossier(processes, lastLine: line).map { about(job, style.apply(.dim, to: $0)) }
        case .jobKilling(let job, attempt: _):
            return jobs[job.index].hasLeftBehind ? [] : [about(job, style.apply(.yellow, to: "is being killed"))]
        case .jobEnded(let job, attempt: _, let ending):
            jobs[job.index].isAlive = false
            alive -= 1
            jobs[job.index].endTime = time
            jobs[job.index].survivors += ending.receipt.survivors
            jobs[job.index].lastProblem = jobs[job.index].lastProblem ?? wording.status(ending.status)
            return refusals(job, ending)
        case .jobRestarting(let job, let restart, after: let delay):
            return [restarting(job, restart, delay)]
        case .jobFinished(let job, let outcome):
            jobs[job.index].outcome = outcome
            // The stop of the run has been told; nobody wants to hear of all that did not come to start.
            if case .skipped(.run) = outcome { return [] }
            // What came of it has been told.
            if jobs[job.index].isResting { return [] }
            return [finished(job, outcome)] + settle(job)
        case .jobResting(let job, let outcome):
            jobs[job.index].isResting = true
            return ["\(finished(job, outcome)); waiting for a change"] + settle(job)
        case .jobChanged(let job, let path):
            return [about(job, "\(path) has changed")]
        case .runReloaded(let change):
            return [reload(change)]
        case .runStopping(let reason):
            isStopping = true
            return [stoppingRun(reason)]
        case .runFinalizing(let outcome):
            isStopping = false
            return outcome.exitCode == ExitCode.success ? [] : ["\(judgement(on: outcome)); finally:"]
        case .runFinished(let outcome):
            return summary(of: outcome, at: time)
        case .jobWaiting, .jobExited:
            return []
        }
    }

    private mutating func reload(_ change: PlanChange) -> String {
        plan = change.plan
        column = PrefixColumn(plan: plan, usesColor: style.usesColor)
        wording = Wording(plan: plan)
        jobs += change.added.map { _ in Progress() }
        for job in change.changed where jobs[job.index].isSettled {
            jobs[job.index].isSettled = false
            unsettled += 1
        }
        unsettled += change.added.count
        return style.apply(.bold, to: wording.reload(change))
    }

    private func refusals(_ job: JobID, _ ending: AttemptEnding) -> [String] {
        guard let limit = plan.jobs[job.index].resources.processes, let count = ending.receipt.limits?.refusedProcesses,
            count > 0
        else { return [] }
        let times = count == 1 ? "once" : "\(count) times"
        return [about(job, style.apply(.yellow, to: "could not make a process \(times): its limit is \(limit)"))]
    }

    /// Says so, once, when all that there was to start is up and stays up.
    private mutating func settle(_ job: JobID) -> [String] {
        guard !jobs[job.index].isSettled else { return [] }
        jobs[job.index].isSettled = true
        unsettled -= 1
        guard unsettled == 0, !isStopping, isStayingUp else { return [] }
        return [style.apply(.bold, to: "everything is up; Ctrl-C stops it")]
    }

    private var isStayingUp: Bool { plan.goals.contains { jobs[$0.index].isAlive || jobs[$0.index].isResting } }

    private func about(_ job: JobID, _ text: String) -> String { "\(column.name(of: job)) \(text)" }

    private func leftBehind(_ job: JobID, _ processes: [ProcessSummary], _ policy: LeakPolicy) -> String {
        let text = "left behind \(wording.processes(processes))"
        switch policy {
        case .kill: return about(job, "\(text), killed")
        case .warn, .fail: return about(job, style.apply(.yellow, to: "\(text), killed"))
        case .wait: return about(job, "\(text), waited for")
        }
    }

    private mutating func stopping(_ job: JobID, _ reason: StopReason) -> [String] {
        switch reason {
        case .run, .changed: return []
        case .notNeeded, .dependencyRestarts: return [about(job, "stopping: \(wording.reason(reason))")]
        case .timeout, .idleTimeout, .notReady, .probeFailed, .portTaken, .unhealthy:
            jobs[job.index].lastProblem = wording.reason(reason)
            return [about(job, style.apply(.yellow, to: "stopping: \(wording.reason(reason))"))]
        }
    }

    private mutating func restarting(_ job: JobID, _ restart: Int, _ delay: Duration) -> String {
        let problem = jobs[job.index].lastProblem ?? "ended"
        jobs[job.index].lastProblem = nil
        let retries = plan.jobs[job.index].retry.maximum
        let limit = (retries > 0 ? retries : plan.jobs[job.index].restart.maximum).map { " of \($0)" } ?? ""
        let text = "\(problem), starting again in \(wording.words(delay)) (restart \(restart)\(limit))"
        return about(job, style.apply(.yellow, to: text))
    }

    private func finished(_ job: JobID, _ outcome: JobOutcome) -> String {
        let duration = jobs[job.index].duration.map { " after \(wording.words($0))" } ?? ""
        switch outcome {
        case .succeeded: return about(job, style.apply(.green, to: "succeeded") + duration)
        case .failed(let reason):
            let text = "failed\(duration): \(wording.reason(reason))"
            return about(job, style.apply(plan.jobs[job.index].isOptional ? .yellow : .red, to: text))
        case .stopped: return about(job, "stopped" + waiting)
        case .skipped(let reason): return about(job, "skipped: \(wording.reason(reason))")
        }
    }

    private func stoppingRun(_ reason: RunStopReason) -> String {
        if case .interrupted(let signal) = reason {
            return style.apply(.bold, to: "\(signal): stopping") + waiting + " (once more kills)"
        }
        return style.apply(.bold, to: "stopping: \(wording.reason(reason))") + waiting
    }

    /// Who the end of the run is waiting for.
    private var waiting: String {
        guard isStopping, alive > 0 else { return "" }
        let first = jobs.indices.lazy.filter { jobs[$0].isAlive }.prefix(3).map { wording.name(JobID($0)) }
        return ", waiting for \(wording.list(Array(first), of: alive))"
    }
}
