internal import PkrunEvents
internal import PkrunPlan

/// Where one job is. Each case says where it can lead.
enum JobState: Equatable {
    /// A condition of a dependency does not hold yet. To `queued`, `finished`.
    case waiting
    /// Wants to start as soon as there is a place for it. To `starting`; back to `waiting` when a condition ceases to
    /// hold before the first start; to `finished`.
    case queued
    /// The driver was asked for a process and has not answered. With a reason to stop, the process is stopped as soon
    /// as it is there. To `running`, `ready`, `stopping`, `backingOff`, `finished`.
    case starting(thenStop: StopReason?)
    /// The process is there; a service in this state is not ready yet. To `ready`, `stopping`, `backingOff`, `finished`.
    case running
    /// Readiness was shown. To `stopping`, `backingOff`, `finished`.
    case ready
    /// The driver was asked to end the tree and has not said that it is empty. To `backingOff`, `finished`.
    case stopping(StopReason)
    /// Pauses before a restart. To `queued`, `finished`.
    case backingOff
    /// Nothing of the job will run again. Final.
    case finished(JobOutcome)

    /// There is a process tree that has to be emptied.
    var isAlive: Bool {
        switch self {
        case .running, .ready, .stopping: true
        case .waiting, .queued, .starting, .backingOff, .finished: false
        }
    }
}

/// What the scheduler remembers of one job.
struct JobRecord {
    var state = JobState.waiting
    /// Attempts asked for so far.
    var attempt = 0
    var restarts = 0
    /// A process of it has existed.
    var hasStarted = false
    /// Conditions of its dependencies that do not hold.
    var unmet = 0
    /// Jobs that depend on it and are not finished, counted once for each dependency that they have on it.
    var unfinishedDependents = 0
    /// Runs although nothing needs it: a goal, or a task of which some dependent was skipped.
    var standsAlone = false
    /// It was skipped, and a failure is what it comes from.
    var isUnreached = false
    /// What its dependents were last told.
    var heldConditions: ConditionSet = []
    var timers: TimerSet = []

    /// The conditions that the job meets now.
    var conditions: ConditionSet {
        var held: ConditionSet = hasStarted ? .started : []
        switch state {
        case .ready: held.formUnion(.ready)
        case .finished(.succeeded): held.formUnion([.succeeded, .completed])
        case .finished(.failed): held.formUnion([.failed, .completed])
        case .finished(.stopped): held.formUnion(.completed)
        case .waiting, .queued, .starting, .running, .stopping, .backingOff, .finished(.skipped): break
        }
        return held
    }
}

/// Dependency conditions that hold at the same time.
struct ConditionSet: OptionSet {
    let rawValue: UInt8

    static let started = ConditionSet(rawValue: 1)
    static let ready = ConditionSet(rawValue: 2)
    static let succeeded = ConditionSet(rawValue: 4)
    static let completed = ConditionSet(rawValue: 8)
    static let failed = ConditionSet(rawValue: 16)

    func holds(_ condition: DependencyCondition) -> Bool {
        switch condition {
        case .started: contains(.started)
        case .ready: contains(.ready)
        case .succeeded: contains(.succeeded)
        case .completed: contains(.completed)
        case .failed: contains(.failed)
        }
    }
}

/// The timers of one job that are armed.
struct TimerSet: OptionSet {
    let rawValue: UInt8

    static let timeout = TimerSet(rawValue: 1)
    static let idle = TimerSet(rawValue: 2)
    static let readiness = TimerSet(rawValue: 4)
    static let restart = TimerSet(rawValue: 8)
}
