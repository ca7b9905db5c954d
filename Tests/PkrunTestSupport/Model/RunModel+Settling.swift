internal import PkrunEvents
internal import PkrunPlan

/// What follows from how things are.
extension RunModel {
    /// First who can never start, then whether the run is stopped for what happened, then who is not needed any more;
    /// and again, until nothing changes. Then who can start.
    mutating func settle() {
        while skipTheLost() || wakeForTheLastTime() || heedLastWords() || letTheUnneededGo() || beginFinally() {}
        for index in jobs.indices where canStart(index) { start(index) }
        if jobs.allSatisfy({ $0.end != nil }) {
            isOver = true
            deeds.insert(.finish(verdict))
        }
    }

    private mutating func skipTheLost() -> Bool {
        for index in jobs.indices where jobs[index].stage == .waiting {
            if plan.jobs[index].onlyIf == .never {
                finish(index, .skipped(.condition))
            } else if let lost = plan.jobs[index].dependencies.first(where: isLost) {
                finish(index, jobs[index].isNew ? .skipped(.dependency(lost)) : .failed(.dependency(lost)))
            } else {
                continue
            }
            return true
        }
        return false
    }

    /// Who rests, and nothing that it follows will ever run again.
    private mutating func wakeForTheLastTime() -> Bool {
        for index in jobs.indices where !watches(index) {
            guard case .resting(let outcome) = jobs[index].stage else { continue }
            finish(index, outcome)
            return true
        }
        return false
    }

    private mutating func heedLastWords() -> Bool {
        defer { lastWords = [] }
        let reasons = lastWords.compactMap(stopByLastWord)
        guard isRunning, let reason = reasons.first(where: \.isFailure) ?? reasons.first else { return false }
        stopTheRun(reason)
        return true
    }

    mutating func stopTheRun(_ reason: RunStopReason) {
        stop = reason
        firstStop = firstStop ?? reason
        deeds.insert(.stopRun(reason.anonymous))
        for index in jobs.indices where plan.jobs[index].isFinally == isFinal {
            switch jobs[index].stage {
            case .waiting, .due, .pausing, .resting: release(index)
            case .starting, .up: if interrupts > 1 { release(index) }
            case .stopping: if interrupts > 1 { deeds.insert(.kill(JobID(index))) }
            case .done: break
            }
        }
    }

    private mutating func letTheUnneededGo() -> Bool {
        let unneeded = jobs.indices.filter { index in
            switch jobs[index].stage {
            case .starting(then: _?), .stopping, .done: false
            case .waiting, .due, .starting(then: nil), .up, .pausing, .resting:
                isUnneeded(index) && (plan.jobs[index].isFinally == isFinal || isGone(index))
            }
        }
        for index in unneeded { release(index) }
        return !unneeded.isEmpty
    }

    private mutating func beginFinally() -> Bool {
        guard hasBegun, !isFinal, jobs.indices.allSatisfy({ plan.jobs[$0].isFinally || jobs[$0].end != nil }) else {
            return false
        }
        isFinal = true
        guard jobs.contains(where: { $0.end == nil }) else { return true }
        deeds.insert(.finalize(verdict))
        if interrupts > 1 {
            for index in jobs.indices { release(index) }
        } else {
            stop = nil
        }
        return true
    }

    private func canStart(_ index: Int) -> Bool {
        let job = plan.jobs[index]
        let hasConditions =
            switch jobs[index].stage {
            case .waiting: hasBegun && job.isFinally == isFinal && job.dependencies.allSatisfy(isMet)
            case .due: true
            case .starting, .up, .stopping, .pausing, .resting, .done: false
            }
        guard hasConditions else { return false }
        let active = jobs.indices.filter { jobs[$0].isActive }
        let tasks = active.count { plan.jobs[$0].kind == .task }
        let taken = Set(active.flatMap { jobs[$0].locks })
        return taken.isDisjoint(with: job.locks) && (job.kind == .service || tasks < plan.concurrency ?? .max)
    }

    private mutating func start(_ index: Int) {
        var asks = false
        if jobs[index].isNew, case .command = plan.jobs[index].onlyIf { asks = true }
        if jobs[index].isNew { jobs[index].hasStarted = false }
        jobs[index].isNew = false
        jobs[index].attempt += 1
        jobs[index].isHealthy = false
        jobs[index].change = nil
        jobs[index].locks = plan.jobs[index].locks
        jobs[index].stage = .starting(then: nil)
        deeds.insert(.start(JobID(index), attempt: jobs[index].attempt, asks: asks))
    }

    // MARK: Ends

    mutating func finish(_ index: Int, _ outcome: JobOutcome) {
        jobs[index].stage = .done(outcome)
        jobs[index].change = nil
        deeds.insert(.end(JobID(index), outcome.anonymous))
        lastWords.append(index)
        if case .failed(let reason) = outcome, reason.hasSurvivors { jobs[index].hasLeftSurvivors = true }
    }

    private func stopByLastWord(of index: Int) -> RunStopReason? {
        let job = plan.jobs[index]
        switch jobs[index].end {
        case .failed(let reason) where reason.hasSurvivors || !job.isOptional:
            let stopsAll = plan.onFailure == .stop && (reason.hasSurvivors || !isAwaited(index))
            return stopsAll || job.endsRun != .no ? .failed(JobID(index)) : nil
        case .failed: return job.endsRun != .no ? .ended(JobID(index)) : nil
        case .succeeded: return job.endsRun == .always ? .ended(JobID(index)) : nil
        case .stopped, .skipped, nil: return nil
        }
    }

    /// Somebody who has not started yet can do with its failure.
    private func isAwaited(_ index: Int) -> Bool {
        dependents[index].contains { dependent in
            let other = jobs[dependent.job.index]
            return other.stage == .waiting && other.isNew
                && (!dependent.isRequired || dependent.condition == .failed || dependent.condition == .completed)
        }
    }

    /// Ends what nobody needs, whatever it is doing.
    mutating func release(_ index: Int) {
        switch jobs[index].stage {
        case .waiting, .due, .pausing:
            finish(index, jobs[index].isNew ? .skipped(stop.map { .run($0) } ?? .notNeeded) : .stopped(reasonOfRelease))
        case .resting(let outcome): finish(index, outcome)
        case .starting(then: nil): jobs[index].stage = .starting(then: reasonOfRelease)
        case .up: end(index, reasonOfRelease)
        case .starting, .stopping, .done: break
        }
    }

    private var reasonOfRelease: StopReason { stop.map { .run($0) } ?? .notNeeded }

    mutating func end(_ index: Int, _ reason: StopReason) {
        jobs[index].stage = .stopping(reason)
        deeds.insert(.stop(JobID(index), reason.anonymous))
        if interrupts > 1 { deeds.insert(.kill(JobID(index))) }
    }
}
