internal import PkrunEvents
package import PkrunPlan
package import PkrunScheduler

/// The semantics once more, slow and obvious, step by step.
///
/// After each input every job is looked at again, until nothing is left to do. Nothing is counted, and nothing
/// remembered that could be read off the plan and the jobs as they are, so that a plan that changes in the middle of a
/// run is nothing special. Timers are somebody else's affair.
package struct RunModel {
    var plan: Plan
    /// By job: who depends on it, and how. As often as it does.
    var dependents: [[Dependency]]
    var jobs: [Job]
    var hasBegun = false
    /// The turn of the `finally` tasks has come.
    var isFinal = false
    /// Why those whose turn it is are being stopped.
    var stop: RunStopReason?
    /// Why the run was stopped first.
    var firstStop: RunStopReason?
    /// Jobs that have just ended, for which the run may have to be stopped once it is known who is lost.
    var lastWords: [Int] = []
    var interrupts = 0
    var isOver = false
    /// What comes of the present input.
    var deeds: Set<RunDeed> = []

    struct Job: Hashable {
        var stage = Stage.waiting
        var attempt = 0
        var restarts = 0
        /// No attempt was asked for since it began, or began anew.
        var isNew = true
        /// A process has existed since then.
        var hasStarted = false
        var isHealthy = false
        var hasLeftSurvivors = false
        /// A file has changed; what the run is to do about it is known once this is due.
        var change: Change?
        /// Taken for the attempt.
        var locks: [String] = []

        enum Change { case fresh, due }

        var isActive: Bool {
            switch stage {
            case .starting, .up, .stopping: true
            case .waiting, .due, .pausing, .resting, .done: false
            }
        }

        var end: JobOutcome? { if case .done(let outcome) = stage { outcome } else { nil } }
    }

    enum Stage: Hashable {
        /// For its conditions, its locks and its place.
        case waiting
        /// The pause is over: for its locks and its place.
        case due
        case starting(then: StopReason?)
        case up(isReady: Bool)
        case stopping(StopReason)
        case pausing
        case resting(JobOutcome)
        case done(JobOutcome)
    }

    package init(plan: Plan) {
        self.plan = plan
        dependents = plan.dependents
        jobs = plan.jobs.map { _ in Job() }
    }

    /// - Returns: what the input leads to.
    mutating func take(_ input: SchedulerInput) -> Set<RunDeed> {
        deeds = []
        guard !isOver else { return [] }
        happen(input)
        settle()
        return deeds
    }

    /// Takes the input, too.
    ///
    /// - Returns: where the actions are not what it leads to.
    package mutating func disagreements(on input: SchedulerInput, with actions: [SchedulerAction]) -> [String] {
        let (seen, expected) = (Set(actions.compactMap { RunDeed($0) }), take(input))
        return seen.subtracting(expected).map { "not expected: \($0)" }
            + expected.subtracting(seen).map { "missing: \($0)" }
    }

    // MARK: What can be read off

    /// Whoever rests until a file changes.
    package var resting: [JobID] {
        jobs.indices.filter { if case .resting = jobs[$0].stage { true } else { false } }.map { JobID($0) }
    }

    /// The run goes on, and it is not the turn of the `finally` tasks.
    var isRunning: Bool { hasBegun && stop == nil && !isFinal }

    func conditions(of index: Int) -> Set<DependencyCondition> {
        let job = jobs[index]
        var held: Set<DependencyCondition> = job.hasStarted ? [.started] : []
        switch job.stage {
        case .up(let isReady):
            if isReady { held.insert(.ready) }
            if job.isHealthy { held.insert(.healthy) }
        case .resting(.succeeded), .done(.succeeded): held.formUnion([.succeeded, .completed])
        case .resting(.failed), .done(.failed): held.formUnion([.failed, .completed])
        case .done(.stopped): held.insert(.completed)
        case .waiting, .due, .starting, .stopping, .pausing, .resting, .done(.skipped): return []
        }
        return held
    }

    func isMet(_ dependency: Dependency) -> Bool {
        conditions(of: dependency.job.index).contains(dependency.condition)
            || !dependency.isRequired && isDone(dependency.job)
    }

    /// The job can never start on account of it.
    func isLost(_ dependency: Dependency) -> Bool { isDone(dependency.job) && !isMet(dependency) }

    func isDone(_ job: JobID) -> Bool { jobs[job.index].end != nil }

    func isGoal(_ index: Int) -> Bool { plan.goals.contains(JobID(index)) || dependents[index].isEmpty }

    /// The manifest does not have it any longer.
    func isGone(_ index: Int) -> Bool { plan.retired.contains(JobID(index)) }

    /// Nobody asks any more that it runs.
    func isUnneeded(_ index: Int) -> Bool {
        guard dependents[index].allSatisfy({ isDone($0.job) }) else { return false }
        if stop != nil || isGone(index) { return true }
        if isGoal(index) { return false }
        if case .resting = jobs[index].stage { return true }
        let wasInVain = dependents[index].contains { dependent in
            if case .skipped = jobs[dependent.job.index].end { true } else { false }
        }
        return plan.jobs[index].kind == .service || !wasInVain
    }

    /// It watches files, or follows who does, and has not had its last word.
    func watches(_ index: Int) -> Bool {
        let job = plan.jobs[index]
        return !job.isFinally && jobs[index].end == nil
            && (job.watch != nil || job.dependencies.contains { $0.restarts && watches($0.job.index) })
    }

    func mayRest(_ index: Int, after outcome: JobOutcome) -> Bool {
        isRunning && watches(index) && !outcome.isFinal
    }
}

extension Plan {
    /// By job: the dependencies on it, with the dependent in the place of the job.
    var dependents: [[Dependency]] {
        var dependents: [[Dependency]] = jobs.map { _ in [] }
        for (index, job) in jobs.enumerated() {
            for dependency in job.dependencies {
                var dependent = dependency
                dependent.job = JobID(index)
                dependents[dependency.job.index].append(dependent)
            }
        }
        return dependents
    }
}
