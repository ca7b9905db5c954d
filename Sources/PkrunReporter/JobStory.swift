package import PkrunEvents
package import PkrunPlan

/// Why a job is where it is, told from the events of its run so far.
package struct JobStory: Sendable {
    private var chapters: [JobID: Chapter] = [:]

    /// What has been heard of one job.
    private struct Chapter {
        var waitsFor: [Dependency] = []
        var processID: Int32?
        var attempt = 0
        var isReady = false
        /// What kept it from being ready in time.
        var unmet: [ProbeSummary] = []
        var stopping: StopReason?
        /// How the last attempt ended.
        var status: ExitStatus?
        /// How the attempt ended that was followed by the last restart.
        var statusBefore: ExitStatus?
        var pause: Duration?
        var restarts = 0
        var escaped: [ProcessSummary] = []
        var outcome: JobOutcome?
        /// The outcome is not the last one: a file may change.
        var isResting = false
    }

    package init() {}

    package mutating func receive(_ event: RunEvent) {
        switch event {
        case .jobWaiting(let job, on: let dependencies): chapters[job, default: Chapter()].waitsFor = dependencies
        case .jobStarted(let job, let attempt, let processID):
            let before = chapters[job] ?? Chapter()
            var chapter = Chapter()
            chapter.status = before.status
            chapter.statusBefore = before.statusBefore
            chapter.restarts = before.restarts
            chapter.processID = processID
            chapter.attempt = attempt
            chapters[job] = chapter
        case .jobReady(let job, attempt: _, after: _): chapters[job]?.isReady = true
        case .jobNotReady(let job, attempt: _, let probes): chapters[job]?.unmet = probes.filter { !$0.passed }
        case .jobExited(let job, attempt: _, let status):
            chapters[job]?.status = status
            chapters[job]?.processID = nil
        case .jobEscaped(let job, attempt: _, let processes): chapters[job]?.escaped += processes
        case .jobStopping(let job, attempt: _, let reason): chapters[job]?.stopping = reason
        case .jobRestarting(let job, restart: _, after: let pause):
            var chapter = chapters[job] ?? Chapter()
            chapter.restarts += 1
            chapter.statusBefore = chapter.status
            chapter.pause = pause
            chapters[job] = chapter
        case .jobFinished(let job, let outcome):
            chapters[job, default: Chapter()].outcome = outcome
            chapters[job]?.isResting = false
        case .jobResting(let job, let outcome):
            chapters[job, default: Chapter()].outcome = outcome
            chapters[job]?.isResting = true
        case .jobChanged(let job, path: _):
            guard chapters[job]?.processID == nil else { break }
            chapters[job]?.attempt = 0
            chapters[job]?.pause = nil
            chapters[job]?.outcome = nil
            chapters[job]?.isResting = false
        default: break
        }
    }

    /// A few lines: where the job is, why, what was before, what may come, and who tried to get away.
    ///
    /// - Parameter names: by `JobID`.
    package func tell(of job: JobID, names: [String]) -> [String] {
        let wording = Wording(names: names)
        guard let chapter = chapters[job] else { return ["\(wording.name(job)) has not been heard of in this run"] }
        var lines = ["\(wording.name(job)) \(state(of: chapter))"]
        if let reason = reason(of: chapter, wording) { lines.append("because \(reason)") }
        if let origin = origin(of: job, wording) { lines.append(origin) }
        if lines.count < 3, !chapter.unmet.isEmpty {
            let words = chapter.unmet.prefix(3).map { "\($0.probe): \($0.result)" }
            lines.append(wording.list(Array(words), of: chapter.unmet.count))
        }
        if lines.count < 3, chapter.restarts > 0 {
            let status = chapter.statusBefore.map { ", and the attempt before \(wording.status($0))" } ?? ""
            lines.append(
                "it was started again \(chapter.restarts) \(chapter.restarts == 1 ? "time" : "times")\(status)"
            )
        }
        if chapter.isResting { lines.append("it runs again when a file changes") }
        if !chapter.escaped.isEmpty { lines.append(wording.escape(chapter.escaped)) }
        return lines
    }

    private func state(of chapter: Chapter) -> String {
        switch chapter.outcome {
        case .succeeded: return "succeeded"
        case .failed: return "failed"
        case .stopped: return "was stopped"
        case .skipped: return "was skipped"
        case nil: break
        }
        if chapter.pause != nil { return "is about to be started again" }
        if chapter.stopping != nil { return "is being stopped" }
        if let processID = chapter.processID { return "\(chapter.isReady ? "is ready" : "runs") (pid \(processID))" }
        return chapter.attempt > 0 ? "is ending" : "waits"
    }

    private func reason(of chapter: Chapter, _ wording: Wording) -> String? {
        switch chapter.outcome {
        case .succeeded: return nil
        case .failed(let reason): return wording.reason(reason)
        case .stopped(let reason): return wording.reason(reason)
        case .skipped(let reason): return wording.reason(reason)
        case nil: break
        }
        if let pause = chapter.pause {
            return "it \(chapter.status.map(wording.status) ?? "ended"); the pause is \(wording.words(pause))"
        }
        if let reason = chapter.stopping { return wording.reason(reason) }
        guard chapter.attempt == 0 else { return nil }
        let unmet = chapter.waitsFor.filter { !isMet($0) }
        guard !unmet.isEmpty else { return "there is no place, or a lock is taken" }
        let words = unmet.prefix(3).map { "\(wording.name($0.job)) is not \($0.condition.rawValue) yet" }
        return wording.list(Array(words), of: unmet.count)
    }

    private func isMet(_ dependency: Dependency) -> Bool {
        guard let chapter = chapters[dependency.job] else { return false }
        switch (dependency.condition, chapter.outcome) {
        case (.started, _): return chapter.attempt > 0
        case (.ready, nil): return chapter.isReady && chapter.stopping == nil && chapter.pause == nil
        case (.succeeded, .succeeded), (.failed, .failed), (.completed, .some): return true
        default: return false
        }
    }

    /// Follows a wait or a skip to the job that it comes from.
    private func origin(of job: JobID, _ wording: Wording) -> String? {
        var origin = job
        var seen: Set<JobID> = []
        while seen.insert(origin).inserted, let next = cause(of: origin) { origin = next }
        guard origin != job, let chapter = chapters[origin] else { return nil }
        let why = reason(of: chapter, wording).map { ": \($0)" } ?? ""
        return "\(wording.name(origin)) \(state(of: chapter))\(why)"
    }

    private func cause(of job: JobID) -> JobID? {
        guard let chapter = chapters[job] else { return nil }
        switch chapter.outcome {
        case .skipped(.dependency(let dependency)), .failed(.dependency(let dependency)): return dependency.job
        case .skipped(.run(.failed(let failed))), .stopped(.run(.failed(let failed))): return failed
        case nil where chapter.attempt == 0: return chapter.waitsFor.first { !isMet($0) }?.job
        default: return nil
        }
    }
}
