internal import PkrunEvents
internal import PkrunPlan

/// The manifest has been read again, and the plan is another one.
extension Scheduler {
    /// A run that is being stopped, or in its last tasks, comes to its end as it was planned.
    package var takesPlans: Bool { phase == .running }

    /// What has changed is stopped and started anew, also where it had ended. What is the same goes on, what is gone is
    /// stopped as soon as nothing that is gone needs it, and what was skipped or stopped may be wanted again. A failure
    /// that nothing can mend any more, because its job watches no files now or has lost what it needs, stops the run
    /// like any other.
    ///
    /// - Parameters:
    ///   - new: has the jobs of the old plan in their places.
    ///   - path: the manifest's, for the reason that is told.
    mutating func reload(_ new: Plan, _ path: String) {
        guard takesPlans else { return }
        let old = plan
        let added = (old.jobs.count..<new.jobs.count).map { JobID($0) }
        let removed = new.retired.subtracting(old.retired).sorted()
        let changed = old.jobs.indices.map { JobID($0) }.filter { job in
            !new.retired.contains(job)
                && (old.retired.contains(job) || !new.jobs[job.index].runs(as: old.jobs[job.index]))
        }
        plan = new
        let change = PlanChange(plan: new, changed: changed, added: added, removed: removed)
        actions.append(.report(.runReloaded(change)))
        records += added.map { _ in JobRecord() }
        locks.replan(new)
        for job in removed { forgive(job) }
        for job in changed {
            if records[job.index].isActive {
                runningTasks += new.jobs[job.index].taskCount - old.jobs[job.index].taskCount
            }
            renew(job, path)
        }
        connect()
        let followers = endedFollowers(of: changed)
        revive(followers, path)
        connect()
        for job in changed + followers where records[job.index].attempt > 0 && !isFinished(job) {
            restartDependents(of: job)
        }
        takeUp(added, path)
    }

    /// Its failure counts no more, unless processes are left.
    private mutating func forgive(_ job: JobID) {
        if !records[job.index].hasLeftSurvivors { failed.removeAll { $0 == job } }
    }

    /// The job begins anew, as soon as what runs of it has ended.
    private mutating func renew(_ job: JobID, _ path: String) {
        switch records[job.index].state {
        case .running, .ready: stop(job, .changed(path))
        case .starting: records[job.index].state = .starting(thenStop: .changed(path))
        case .stopping: records[job.index].state = .stopping(.changed(path))
        case .waiting, .queued, .backingOff, .resting, .finished: records[job.index].state = .waiting
        }
        disarm(.restart, of: job)
        records[job.index].asksConditions = true
        records[job.index].isNew = true
        records[job.index].restarts = 0
        forgive(job)
    }

    /// Those that have ended and follow a job that begins anew, directly or through others that start again with it.
    private func endedFollowers(of changed: [JobID]) -> [JobID] {
        var followers: Set<JobID> = []
        var pending = changed.filter { records[$0.index].attempt > 0 }
        while let job = pending.popLast() {
            for follower in dependents[job.index] where follower.restarts && startsAgain(follower.job) {
                if followers.insert(follower.job).inserted { pending.append(follower.job) }
            }
        }
        return followers.filter(isFinished).sorted()
    }

    /// Whether it follows; who was left out, or stopped, has reasons of his own to run or not.
    private func startsAgain(_ job: JobID) -> Bool {
        switch records[job.index].state {
        case .finished(.skipped), .finished(.stopped), .finished(.failed(.dependency)): false
        default: true
        }
    }

    /// Jobs that are finished, and now can or have to run after all.
    private mutating func revive(_ followers: [JobID], _ path: String) {
        var isSettled = false
        while !isSettled {
            isSettled = true
            for job in records.indices.map({ JobID($0) }) where mayRevive(job, followers) {
                renew(job, path)
                isSettled = false
            }
        }
    }

    private func mayRevive(_ job: JobID, _ followers: [JobID]) -> Bool {
        guard case .finished(let outcome) = records[job.index].state, !plan.retired.contains(job) else { return false }
        switch outcome {
        case .skipped(.dependency), .failed(.dependency):
            return plan.jobs[job.index].dependencies.allSatisfy { !$0.isRequired || mayHold($0) }
        case .skipped(.notNeeded), .stopped:
            return isNeeded(job)
        case .succeeded, .failed:
            return followers.contains(job) && isNeeded(job)
        case .skipped(.condition), .skipped(.run):
            return false
        }
    }

    private func isNeeded(_ job: JobID) -> Bool {
        records[job.index].isGoal || dependents[job.index].contains { !isFinished($0.job) }
    }

    /// It holds, or its job has not come to its end, or would go on for whoever needs it.
    private func mayHold(_ dependency: Dependency) -> Bool {
        switch records[dependency.job.index].state {
        case .finished(.skipped(.notNeeded)), .finished(.stopped): !plan.retired.contains(dependency.job)
        case .finished: isMet(dependency)
        default: true
        }
    }

    /// Whoever waits may wait for something else now, or for nothing; whoever runs may not be needed, and whoever is
    /// stopped for that may be needed again.
    private mutating func takeUp(_ added: [JobID], _ path: String) {
        for job in records.indices.map({ JobID($0) }) {
            let isGone = plan.retired.contains(job) && !records[job.index].isActive
            if isGone || isUnneeded(job) { release(job) }
            switch records[job.index].state {
            case .resting(let outcome) where !records[job.index].mayRunAgain: finish(job, outcome)
            case .waiting, .queued: lineUp(job)
            case .starting(thenStop: .notNeeded) where !isUnneeded(job):
                records[job.index].state = .starting(thenStop: nil)
            case .stopping(.notNeeded) where !isUnneeded(job): renew(job, path)
            default: break
            }
        }
        for job in added where records[job.index].state == .waiting {
            actions.append(.report(.jobWaiting(job, on: plan.jobs[job.index].dependencies)))
        }
    }

    private mutating func lineUp(_ job: JobID) {
        if plan.jobs[job.index].onlyIf == .never {
            finish(job, .skipped(.condition))
        } else if records[job.index].unmet == 0 || !records[job.index].asksConditions {
            enqueue(job)
        } else {
            records[job.index].state = .waiting
            let lost = plan.jobs[job.index].dependencies.first { $0.isRequired && isFinished($0.job) && !isMet($0) }
            if let lost { lose(job, lost) }
        }
    }
}

extension JobRecord {
    /// An attempt of it was asked for, and is not over.
    fileprivate var isActive: Bool {
        if case .starting = state { true } else { state.isAlive }
    }
}

extension JobPlan {
    /// How many places among the running tasks it takes.
    fileprivate var taskCount: Int { kind == .task ? 1 : 0 }
}
