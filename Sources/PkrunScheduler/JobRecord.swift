internal import PkrunEvents

/// What the scheduler remembers of one job.
struct JobRecord: Hashable {
    var state = JobState.waiting
    /// Attempts asked for so far.
    var attempt = 0
    /// Those that the restart policy still counts.
    var restarts = 0
    /// Its next start asks for the conditions of its dependencies: the first one, and one that follows theirs.
    var asksConditions = true
    /// No attempt was asked for since it began, or began anew: whether it runs at all is still to be seen.
    var isNew = true
    /// A process of it has existed since then.
    var hasStarted = false
    /// Processes of it were left that nobody could end, which nothing makes good.
    var hasLeftSurvivors = false
    /// Conditions of its dependencies that do not hold; a `finally` task waits for the end of the others besides.
    var unmet = 0
    /// Jobs that depend on it and are not finished, counted once for each dependency that they have on it.
    var unfinishedDependents = 0
    /// The run is for it.
    var isGoal = false
    /// Its health check passes.
    var isHealthy = false
    /// Runs again after its end when there is a reason to: it watches files, or follows a job that may run again.
    var mayRunAgain = false
    /// A file that has changed since the attempt was started.
    var change: Change?
    /// What its dependents were last told.
    var heldConditions: ConditionSet = []
    var timers: TimerSet = []

    /// It will start for the first time, if nothing comes in between.
    var isYetToStart: Bool { isNew && (state == .waiting || state == .queued) }

    struct Change: Hashable {
        var path: String
        /// Nothing else has changed for so long as the plan asks for; the job runs again once the attempt is over.
        var isDue = false
    }

    /// The conditions that the job meets now. Between two attempts it meets none.
    var conditions: ConditionSet {
        var held: ConditionSet = hasStarted ? .started : []
        if isHealthy, state == .running || state == .ready { held.insert(.healthy) }
        switch state {
        case .waiting, .queued, .starting, .stopping, .backingOff, .finished(.skipped): return []
        case .ready: held.formUnion(.ready)
        case .finished(.succeeded), .resting(.succeeded): held.formUnion([.succeeded, .completed])
        case .finished(.failed), .resting(.failed): held.formUnion([.failed, .completed])
        case .finished(.stopped): held.formUnion(.completed)
        case .running, .resting: break
        }
        return held
    }
}
