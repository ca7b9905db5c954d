internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// What calls for the end of an attempt.
extension LifeReader {
    /// The first reason to end an attempt, in itself or in others.
    func firstCall(in attempt: RunHistory.Attempt) -> Call? {
        var calls: [Call] = []
        if let call = attempt.call(by: plan) { calls.append(call) }
        if let release = oracle.releaseOfRunning(job) { calls.append((release.instant, release.reason)) }
        calls += descents(after: .end(of: attempt.asked))
        if plan.watch?.action == .restart { calls += changes(in: attempt) }
        let end = attempt.end ?? .end(of: .max)
        return calls.filter { $0.instant < end }.min { $0.instant < $1.instant }
    }

    /// When dependencies that the job follows go down.
    func descents(after instant: Instant) -> [Call] {
        plan.dependencies.filter(\.restarts).flatMap { dependency in
            oracle.lives[dependency.job.index].descents
                .filter { $0 > instant }
                .map { ($0, .dependencyRestarts(dependency.job)) }
        }
    }

    /// When files that the job watches had changed, and none for a while.
    func changes(in attempt: RunHistory.Attempt) -> [Call] {
        attempt.facts.compactMap { moment, input in
            guard case .timer(.change) = input, isBeforeStop(Instant(moment: moment)) else { return nil }
            return (Instant(moment: moment), .changed(""))
        }
    }

    /// It was up when they had changed.
    func hearsOfChange(_ attempt: RunHistory.Attempt, before call: Call?) -> Bool {
        guard attempt.start != nil else { return false }
        if case .changed = call?.value { return true }
        let end = call?.instant ?? attempt.end ?? .end(of: .max)
        return changes(in: attempt).contains { $0.instant < end }
    }

    /// Files changed while it was being ended for another reason, and the last of them a while ago.
    func missesChange(_ attempt: RunHistory.Attempt, since call: Call?, until end: Instant) -> Bool {
        guard let call, let due = changes(in: attempt).last(where: { $0.instant > call.instant && $0.instant < end })
        else { return false }
        return !attempt.facts.contains { moment, input in
            if case .changed = input { moment > due.instant.moment && moment < end.moment } else { false }
        }
    }

    func isBeforeStop(_ instant: Instant) -> Bool {
        oracle.stop(of: job).map { instant < $0.instant } ?? true
    }

    /// One that is ended in order to be started again takes others with it, as soon as it has a process to end.
    mutating func noteDescent(_ call: Call?, _ start: Instant) {
        if let call, call.value.isRestart { life.descents.append(max(call.instant, start)) }
    }
}
