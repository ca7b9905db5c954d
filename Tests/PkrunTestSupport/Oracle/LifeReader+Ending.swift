internal import PkrunEvents
internal import PkrunPlan

/// What comes of an end.
extension LifeReader {
    func outcome(of ending: AttemptEnding, calledFor reason: StopReason?) -> JobOutcome {
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
        if plan.leaks == .fail, !ending.leftBehind.isEmpty { return .failed(.leftBehind(ending.leftBehind)) }
        let isGood = if case .exited(let code) = ending.status { plan.successExitCodes.contains(code) } else { false }
        let mayEnd = plan.kind == .task || plan.restart.condition == .onFailure
        if isGood { return mayEnd ? .succeeded : .failed(.ended(ending.status)) }
        if let limit = plan.resources.memory, ending.memoryKills > 0 {
            return .failed(.outOfMemory(limit: limit, ending.status))
        }
        return .failed(.ended(ending.status))
    }

    mutating func conclude(
        _ attempt: RunHistory.Attempt,
        _ call: Call?,
        at instant: Instant,
        _ outcome: JobOutcome,
        mayRestart: Bool
    ) {
        let mayRest = oracle.lastChance(of: job) > instant && isBeforeStop(instant) && !outcome.isFinal
        if mayRest, missesChange(attempt, since: call, until: instant), !isReleased(before: instant) {
            runAgain(at: instant)
        } else if mayRestart, wantsAnother(after: outcome) {
            pause(from: instant, in: attempt)
        } else if mayRest {
            rest(from: instant, in: attempt, outcome)
        } else {
            finish(instant, outcome)
        }
    }

    private func wantsAnother(after outcome: JobOutcome) -> Bool {
        if outcome == .failed(.unhealthy) {
            if plan.health?.onFailure != .restart { return false }
            if plan.retry.maximum == 0 { return restarts < plan.restart.maximum ?? .max }
        }
        let isFailure = if case .failed = outcome { true } else { false }
        let isRetried = isFailure && restarts < plan.retry.maximum && callsForRetry(outcome)
        guard restarts < plan.restart.maximum ?? .max else { return isRetried }
        switch plan.restart.condition {
        case .no: return isRetried
        case .onFailure: return isFailure || isRetried
        case .always: return isFailure || outcome == .succeeded
        }
    }

    private func callsForRetry(_ outcome: JobOutcome) -> Bool {
        guard let triggers = plan.retry.triggers else { return true }
        switch outcome {
        case .failed(.timeout), .failed(.idleTimeout): return triggers.timeout
        case .failed(.ended(let status)), .failed(.outOfMemory(_, let status)):
            switch status {
            case .exited(let code): return triggers.exitCodes.contains(code)
            case .signaled(let signal): return triggers.exitCodes.contains(128 + signal.rawValue)
            }
        default: return false
        }
    }
}
