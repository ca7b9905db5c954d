internal import PkrunEvents
package import PkrunPlan

/// The semantics of a run as a value: told what happened, it says what is to be done.
///
/// It has no clock and starts nothing. The driver carries out the actions in their order and feeds back what comes of
/// them; every `start` is answered by `started`, `startFailed` or `declined`, every started attempt ends with `ended`.
///
/// **Starting.** A job starts once every condition of its dependencies holds, in the order of the plan where several
/// can. Tasks wait for a place under the plan's concurrency, services do not. The conditions are those of the first
/// start: a restart does not ask for them again, and what runs stays up when a dependency of it goes down.
///
/// **Succeeding.** A task succeeds by exiting with a success code. A service must stay up: ending on its own is a
/// failure whatever its status, except that a service with `restart: on-failure` may end with a success code and has
/// then succeeded. Timeouts, a missed readiness and (under `leaks: fail`) processes left behind are failures.
///
/// **Restarting.** A failed attempt is followed by another as the restart policy says; under `always` a success is,
/// too. When the restarts are spent the last attempt's outcome stands. A job that could not be started the very first
/// time is not tried again: the same command would fail in the same way.
///
/// **Skipping.** A dependency that can no longer meet its condition makes its dependent skipped, and so on along the
/// graph. A skipped job has not ended: it meets no condition, not even `completed`. A dependency with `required: false`
/// is waited for as long as its condition can be met, and not missed when it cannot.
///
/// A job whose `if` does not hold is skipped without harm, and what depends on it likewise.
///
/// **Following.** When a job is restarted, those that depend on it with `restart: true` are stopped, and started again
/// as soon as all of their conditions hold, `started` meaning the next start; this does not count as a restart of
/// theirs. One whose dependency can no longer meet its condition has failed.
///
/// **Watching.** A job that watches files is never finished by its own end while the run goes on: it rests, and runs
/// again when a file has changed. Neither is a job that follows it, unless that one is finished in another way: its
/// `if` does not hold, say. What runs is started again, too, or gets a signal; a pause between restarts ends, and
/// restarts count anew. What has not been started yet sees the change anyway. Since a failure that a change may mend is
/// not the last word, it stops nobody: dependents wait.
///
/// **Reloading.** When the manifest is read again, jobs that are the same there go on; those that have changed start
/// anew, whatever has become of them, and what follows them likewise, also where it has ended; new ones start. What is
/// gone is needed by nothing, and does not start again. Whoever begins anew is a new job: its `if` is asked, its tries
/// count from the first, and it is skipped where a dependency of it is lost. Processes that it has left fail the run
/// all the same.
///
/// **Excluding.** A task starts when all of its locks are free, takes them at once, and keeps them while it runs, not
/// while it pauses before another try.
///
/// **Finally.** When everything else is finished, and whatever came of it, the `finally` tasks run under the same
/// rules, but that none of their failures stops the others and that the run's timeout does not count for them. A signal
/// stops them; the second signal of a run skips them.
///
/// **Failing.** Under `on_failure: stop` the failure of a required job stops the run, unless a job that has not started
/// yet depends on it with `failed`, `completed` or `required: false`, and is not lost by the same event: such a failure
/// is handled, what depends on the job otherwise is skipped, and the rest goes on. The exit code is 1 either way. Under
/// `continue` no failure stops the run. Optional jobs never fail it, but a required job that cannot run because one of
/// them failed was not reached: exit code 1. A job that waits for a failure which does not come is skipped without
/// harm. Survivors fail the run whoever left them.
///
/// A job with `ends_run` stops the run by its last word, whatever `on_failure` says: by any that it says itself, or by
/// a failure alone. Unless that is a required job's failure, the exit code is what it would have been without.
///
/// **Ending.** The run is over when all of its jobs are finished. A service that is no goal is stopped as soon as every
/// job that depends on it is finished; the same goes for a task that was needed no further than its start, but a task
/// of which some dependent was skipped stands alone and goes on to its end.
///
/// **Stopping.** A run is stopped by a failure, a signal or its timeout; the first of them decides the exit code.
/// Nothing new starts, and each job is stopped once all that depend on it are finished. What ends in another way
/// meanwhile is told as it was, and nothing is restarted. The second signal kills everything at once.
package struct Scheduler: Sendable {
    var plan: Plan
    let jitter: Jitter?
    /// By job: who depends on it, and on which condition.
    private(set) var dependents: [[Dependency]] = []
    var records: [JobRecord]
    var phase = Phase.idle
    /// Why the run was stopped the first time.
    var stopReason: RunStopReason?
    var hasBegunFinally = false
    var interrupts = 0

    var readyServices = JobQueue()
    var readyTasks = JobQueue()
    var runningTasks = 0
    var locks: LockTable

    var unfinished = 0
    /// Those among them that are no `finally` tasks.
    var unfinishedOrdinary = 0
    /// Finished jobs whose dependents have not been told.
    var untold: [JobID] = []
    /// Finished jobs whose dependencies have not been told.
    var unreleased: [JobID] = []
    var runTimerIsArmed = false
    var failed: [JobID] = []

    var actions: [SchedulerAction] = []

    enum Phase: Hashable {
        /// To `running`, `stopping`.
        case idle
        /// To `stopping`, `finalizing`, `finished`.
        case running
        /// To `finalizing`, unless that is what was stopped; to `finished`.
        case stopping(RunStopReason)
        /// The `finally` tasks run. To `stopping`, `finished`.
        case finalizing
        /// Final.
        case finished
    }

    /// - Parameter jitter: of the pauses between restarts; without it they are those of the plan.
    /// - Precondition: the plan's dependencies have no cycle.
    package init(plan: Plan, jitter: Jitter? = nil) {
        self.plan = plan
        self.jitter = jitter
        locks = LockTable(plan: plan)
        records = Array(repeating: JobRecord(), count: plan.jobs.count)
        connect()
    }

    /// Draws the lines of the plan between the jobs, wherever each of them is.
    mutating func connect() {
        dependents = Array(repeating: [], count: plan.jobs.count)
        for index in plan.jobs.indices {
            for dependency in plan.jobs[index].dependencies {
                var dependent = dependency
                dependent.job = JobID(index)
                dependents[dependency.job.index].append(dependent)
            }
        }
        let goals = Set(plan.goals)
        for index in plan.jobs.indices {
            records[index].heldConditions = records[index].conditions
            records[index].unmet = plan.jobs[index].dependencies.count { !isMet($0) }
            if plan.jobs[index].isFinally { records[index].unmet += 1 }
            records[index].unfinishedDependents = dependents[index].count { !isFinished($0.job) }
            records[index].isGoal = goals.contains(JobID(index)) || dependents[index].isEmpty
            records[index].mayRunAgain = false
        }
        for index in records.indices where plan.jobs[index].watch != nil { letRunAgain(JobID(index)) }
        let unfinishedJobs = records.indices.filter { !isFinished(JobID($0)) }
        unfinished = unfinishedJobs.count
        unfinishedOrdinary = unfinishedJobs.count { !plan.jobs[$0].isFinally }
    }

    /// Takes in what happened. Input that does not fit the state (a timer that was disarmed, say) is ignored.
    ///
    /// - Returns: what is to be done, in this order. The last action of a run is `finish`, and there is one only.
    package mutating func handle(_ input: SchedulerInput) -> [SchedulerAction] {
        guard phase != .finished else { return [] }
        switch input {
        case .begin: begin()
        case .started(let job): started(job)
        case .startFailed(let job, let failure): startFailed(job, failure)
        case .ready(let job, let duration): becameReady(job, after: duration)
        case .probeFailed(let job, let times):
            if records[job.index].state == .running { stop(job, .probeFailed(times: times)) }
        case .portTaken(let job, let port, let holder):
            if records[job.index].state == .running { stop(job, .portTaken(port, by: holder)) }
        case .healthy(let job): becameHealthy(job)
        case .unhealthy(let job, let probes): becameUnhealthy(job, probes)
        case .declined(let job): declined(job)
        case .ended(let job, let ending): ended(job, ending)
        case .timer(let timer): ranOut(timer)
        case .quiet(let job, let duration): wasQuiet(job, for: duration)
        case .changed(let job, let path): changed(job, path)
        case .reload(let plan, let path): reload(plan, path)
        case .fault(let description): if phase == .running { stopRun(.fault(description)) }
        case .interrupt(let signal): interrupted(by: signal)
        }
        settle()
        defer { actions.removeAll() }
        return actions
    }

    private mutating func begin() {
        guard phase == .idle else { return }
        phase = .running
        armRunTimer()
        for index in records.indices {
            let job = JobID(index)
            if plan.jobs[index].onlyIf == .never {
                finish(job, .skipped(.condition))
            } else if records[index].unmet == 0 {
                enqueue(job)
            } else if !plan.jobs[index].dependencies.isEmpty {
                actions.append(.report(.jobWaiting(job, on: plan.jobs[index].dependencies)))
            }
        }
    }
}
