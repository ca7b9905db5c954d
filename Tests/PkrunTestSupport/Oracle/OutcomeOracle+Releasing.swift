internal import PkrunEvents
internal import PkrunPlan

/// When nobody asks any more for a job.
extension OutcomeOracle {
    struct Release {
        var instant: Instant
        var reason: StopReason

        static func first(_ releases: Release?...) -> Release? {
            releases.compactMap(\.self).min { $0.instant < $1.instant }
        }
    }

    /// A job that does not run goes at once when the run is stopped.
    func releaseOfIdle(_ job: JobID) -> Release? {
        .first(stop(of: job).map { Release(instant: $0.instant, reason: .run($0.reason)) }, unneeded(job))
    }

    /// A job that runs does so, too, but not before those that depend on it, unless everything is killed.
    func releaseOfRunning(_ job: JobID) -> Release? {
        guard let stop = stop(of: job) else { return unneeded(job) }
        let reason = StopReason.run(stop.reason)
        return .first(
            stop.kill.map { Release(instant: max($0, stop.instant), reason: reason) },
            endOfDependents(of: job).map { Release(instant: max($0, stop.instant), reason: reason) },
            unneeded(job)
        )
    }

    /// A job that rests goes even if it stands alone.
    func releaseOfResting(_ job: JobID) -> Release? {
        .first(
            stop(of: job).map { Release(instant: $0.instant, reason: .run($0.reason)) },
            unneeded(job, standsAlone: false)
        )
    }

    private func unneeded(_ job: JobID) -> Release? {
        let isSkipped = dependents[job.index].contains { lives[$0.index].word?.outcome.isSkipped ?? false }
        return unneeded(job, standsAlone: plan.jobs[job.index].kind == .task && isSkipped)
    }

    private func unneeded(_ job: JobID, standsAlone: Bool) -> Release? {
        guard !standsAlone, !plan.goals.contains(job), !dependents[job.index].isEmpty else { return nil }
        return endOfDependents(of: job).map { Release(instant: $0.release, reason: .notNeeded) }
    }

    /// When the last of those that depend on the job is finished.
    private func endOfDependents(of job: JobID) -> Instant? {
        var last = Instant(moment: -1)
        for dependent in dependents[job.index] {
            guard let end = lives[dependent.index].end else { return nil }
            last = max(last, end)
        }
        return last
    }

    /// When the first dependency that the job cannot do without turns out to be lost.
    func loss(of job: JobID) -> (instant: Instant, dependency: Dependency)? {
        plan.jobs[job.index].dependencies.compactMap { dependency -> (instant: Instant, dependency: Dependency)? in
            guard let end = lives[dependency.job.index].end, isLost(dependency) else { return nil }
            return (end, dependency)
        }
        .min { $0.instant < $1.instant }
    }

    /// The dependency is finished and not as it should be.
    func isLost(_ dependency: Dependency) -> Bool {
        guard dependency.isRequired, let outcome = lives[dependency.job.index].word?.outcome else { return false }
        switch (dependency.condition, outcome) {
        case (.started, _): return !hasStarted(dependency.job)
        case (.ready, _), (.healthy, _): return true
        case (.succeeded, .succeeded), (.failed, .failed): return false
        case (.completed, .skipped): return true
        case (.completed, _): return false
        case (.succeeded, _), (.failed, _): return true
        }
    }

    private func hasStarted(_ job: JobID) -> Bool {
        history.attempts[job.index].contains { $0.start != nil }
    }
}
