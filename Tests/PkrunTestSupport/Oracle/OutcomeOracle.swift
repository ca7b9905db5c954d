internal import PkrunEvents
internal import PkrunPlan

/// The semantics once more, slow and obvious: what has to become of every job of a run, by what the world did in it.
///
/// Every job is looked at with the whole history at hand, and with what is known of the others. The earliest last word
/// that follows from that is right, since nothing later can change it; with it more is known, and so on.
struct OutcomeOracle {
    let plan: Plan
    let history: RunHistory
    /// By job: who depends on it.
    let dependents: [[JobID]]
    private(set) var lives: [Life]
    /// When and why the run is stopped, first the ordinary jobs, then the `finally` tasks.
    private(set) var ordinaryStop: RunStop?
    private(set) var finalStop: RunStop?

    struct RunStop: Equatable {
        var instant: Instant
        var reason: RunStopReason
        /// When everything is killed.
        var kill: Instant?
    }

    init(plan: Plan, history: RunHistory) {
        self.plan = plan
        self.history = history
        dependents = plan.jobs.indices.map { index in
            plan.jobs.indices.filter { other in plan.jobs[other].dependencies.contains { $0.job.index == index } }
                .map { JobID($0) }
        }
        lives = Array(repeating: Life(), count: plan.jobs.count)
        settle()
    }

    private mutating func settle() {
        /// The last words that follow from what is known, and are not known to be right.
        var words: [Int: Life.Word] = [:]
        var stale = Set(plan.jobs.indices)
        while true {
            let stops = (ordinaryStop, finalStop)
            ordinaryStop = stopOfOrdinary()
            finalStop = stopOfFinally()
            if stops != (ordinaryStop, finalStop) { stale = Set(plan.jobs.indices) }
            while let index = stale.popFirst() {
                guard lives[index].word == nil else { continue }
                var life = life(of: JobID(index))
                words[index] = life.word
                life.word = nil
                if life.descents != lives[index].descents { stale.formUnion(dependents[index].map(\.index)) }
                lives[index] = life
            }
            guard let first = words.values.map(\.instant).min() else { return }
            for (index, word) in words where word.instant == first {
                lives[index].word = word
                words[index] = nil
                stale.formUnion(dependents[index].map(\.index))
                stale.formUnion(plan.jobs[index].dependencies.map(\.job.index))
                stale.formUnion(followers(of: JobID(index)).map(\.index))
            }
        }
    }

    func stop(of job: JobID) -> RunStop? { plan.jobs[job.index].isFinally ? finalStop : ordinaryStop }

    /// When the last ordinary job is finished.
    var finalBegin: Instant? {
        var last = Instant(moment: 0)
        for (index, life) in lives.enumerated() where !plan.jobs[index].isFinally {
            guard let end = life.end else { return nil }
            last = max(last, end)
        }
        return last.final
    }

    private func stopOfOrdinary() -> RunStop? {
        let byLastWord = plan.jobs.indices.compactMap { stopByLastWord(of: JobID($0)) }
            .min { ($0.instant, $0.reason.isFailure ? 0 : 1) < ($1.instant, $1.reason.isFailure ? 0 : 1) }
        var stops = byLastWord.map { [$0] } ?? []
        if let first = history.interrupts.first {
            stops.append(RunStop(instant: Instant(moment: first.moment).stop, reason: .interrupted(first.signal)))
        }
        if let moment = history.runTimeout, let limit = plan.timeout {
            stops.append(RunStop(instant: Instant(moment: moment).stop, reason: .timeout(limit)))
        }
        if let fault = history.fault {
            stops.append(RunStop(instant: Instant(moment: fault.moment).stop, reason: .fault(fault.description)))
        }
        let begin = finalBegin
        guard var stop = stops.min(by: { $0.instant < $1.instant }), stop.instant < begin ?? .end(of: .max) else {
            return nil
        }
        if history.interrupts.count > 1 {
            let kill = Instant(moment: history.interrupts[1].moment).stop
            if kill < begin ?? .end(of: .max) { stop.kill = kill }
        }
        return stop
    }

    /// After a second signal the `finally` tasks do not even begin.
    private func stopOfFinally() -> RunStop? {
        guard let begin = finalBegin else { return nil }
        if let stop = ordinaryStop, stop.kill != nil {
            return RunStop(instant: begin, reason: stop.reason, kill: begin)
        }
        guard let index = history.interrupts.firstIndex(where: { Instant(moment: $0.moment) > begin }) else {
            return nil
        }
        let signals = history.interrupts[index...]
        let instants = signals.map { Instant(moment: $0.moment).stop }
        return RunStop(
            instant: instants[0],
            reason: .interrupted(history.interrupts[index].signal),
            kill: index > 0 ? instants[0] : instants.dropFirst().first
        )
    }

    /// Failures of required jobs, and whatever left survivors, in the order of their instants.
    var failuresThatCount: [(job: JobID, instant: Instant)] {
        var failures: [(job: JobID, instant: Instant)] = []
        for (index, life) in lives.enumerated() {
            guard let word = life.word, case .failed(let reason) = word.outcome else { continue }
            if !plan.jobs[index].isOptional || reason.hasSurvivors { failures.append((JobID(index), word.instant)) }
        }
        return failures.sorted { $0.instant < $1.instant }
    }

    private func stopByLastWord(of job: JobID) -> RunStop? {
        guard !plan.jobs[job.index].isFinally, let word = lives[job.index].word else { return nil }
        switch (word.outcome, plan.jobs[job.index].endsRun) {
        case (.failed(let reason), let endsRun) where reason.hasSurvivors || !plan.jobs[job.index].isOptional:
            let stopsAll = plan.onFailure == .stop && (reason.hasSurvivors || !isAwaited(job, at: word.instant))
            return endsRun != .no || stopsAll ? RunStop(instant: word.instant.stop, reason: .failed(job)) : nil
        case (.failed, .onFailure), (.failed, .always), (.succeeded, .always):
            return RunStop(instant: word.instant.stop, reason: .ended(job))
        case (.failed, .no), (.succeeded, _), (.stopped, _), (.skipped, _):
            return nil
        }
    }

    /// Another job is yet to start that can do with the job's failure, and is not lost with it.
    private func isAwaited(_ job: JobID, at instant: Instant) -> Bool {
        dependents[job.index].contains { dependent in
            let start = history.attempts[dependent.index].first.map { Instant.end(of: $0.asked) }
            return start ?? .end(of: .max) > instant && lives[dependent.index].end ?? .end(of: .max) > instant
                && plan.jobs[dependent.index].dependencies.contains {
                    $0.job == job && ($0.condition == .failed || $0.condition == .completed || !$0.isRequired)
                }
        }
    }
}
