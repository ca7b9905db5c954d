internal import PkrunEvents
internal import PkrunPlan

/// Between two attempts.
extension LifeReader {
    /// Until the pause is over.
    mutating func pause(from instant: Instant, in attempt: RunHistory.Attempt) {
        if isReleased(before: instant) {
            finish(instant, .stopped(reasonOfRelease(at: instant)))
            return
        }
        restarts += 1
        life.descents.append(instant)
        life.pauses.append(lengthOfPause)
        let release = oracle.releaseOfIdle(job)?.instant ?? .end(of: .max)
        // When the pause is over no change can end it any more.
        let changes = changes(in: attempt).filter { $0.instant < attempt.pauseEnd ?? .end(of: .max) }
        if let turn = turn(after: instant, changes), turn.instant < release {
            follow(turn, isResting: false)
        } else if release < next {
            finish(release, .stopped(reasonOfRelease(at: release)))
        }
    }

    /// Doubling, or whatever the factor is, up to the limit.
    private var lengthOfPause: Duration {
        if plan.retry.maximum > 0 { return plan.retry.delay }
        var pause = plan.restart.backoff
        for _ in 1..<restarts { pause = min(pause * plan.restart.factor, max(pause, plan.restart.maximumBackoff)) }
        return pause
    }

    /// Until there is a reason to run again.
    mutating func rest(from instant: Instant, in attempt: RunHistory.Attempt, _ outcome: JobOutcome) {
        let unneeded = oracle.releaseOfResting(job).map { max($0.instant, instant) } ?? .end(of: .max)
        // A job that goes down for the last time calls its followers first.
        let release = min(unneeded, oracle.lastChance(of: job))
        if let turn = turn(after: instant, changes(in: attempt)), turn.instant < unneeded, turn.instant <= release {
            follow(turn, isResting: true)
        } else if release < next {
            finish(release, outcome)
        }
    }

    /// What makes a job run again that does not run: a change, or a dependency that does the same.
    private func turn(after instant: Instant, _ changes: [Call]) -> Call? {
        (changes + descents(after: instant))
            .filter { $0.instant > instant && $0.instant < next }
            .min { $0.instant < $1.instant }
    }

    private mutating func follow(_ turn: Call, isResting: Bool) {
        if case .changed = turn.value {
            runAgain(at: turn.instant)
        } else {
            if isResting { life.descents.append(turn.instant) }
            wait(from: turn.instant)
        }
    }

    mutating func runAgain(at instant: Instant) {
        restarts = 0
        life.descents.append(instant)
        wait(from: instant)
    }

    /// Until the conditions of its dependencies hold again.
    mutating func wait(from instant: Instant) {
        let release = oracle.releaseOfIdle(job).map { max($0.instant, instant) } ?? .end(of: .max)
        if let loss = oracle.loss(of: job), max(loss.instant, instant) < min(release, next) {
            finish(max(loss.instant, instant), .failed(.dependency(loss.dependency)))
        } else if release < next {
            finish(release, .stopped(reasonOfRelease(at: release)))
        }
    }

    func isReleased(before instant: Instant) -> Bool {
        oracle.releaseOfIdle(job).map { $0.instant < instant } ?? false
    }

    func skipReason(at instant: Instant) -> SkipReason {
        if case .run(let reason) = reasonOfRelease(at: instant) { .run(reason) } else { .notNeeded }
    }

    private func reasonOfRelease(at instant: Instant) -> StopReason {
        if let stop = oracle.stop(of: job), stop.instant <= instant { .run(stop.reason) } else { .notNeeded }
    }
}
