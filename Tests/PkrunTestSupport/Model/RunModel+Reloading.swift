internal import PkrunEvents
internal import PkrunPlan

/// Another manifest.
extension RunModel {
    mutating func reload(_ new: Plan) {
        guard isRunning else { return }
        let old = plan
        plan = new
        dependents = new.dependents
        jobs += (jobs.count..<new.jobs.count).map { _ in Job() }
        let changed = old.jobs.indices.filter { index in
            let isBack = old.retired.contains(JobID(index))
            return !new.retired.contains(JobID(index)) && (isBack || !new.jobs[index].runs(as: old.jobs[index]))
        }
        for index in changed { beginAnew(index) }
        let leaders = changed.filter { jobs[$0].attempt > 0 }
        let followers = jobs.indices.filter { isDone(JobID($0)) && follows($0, leaders) }
        while let index = jobs.indices.first(where: { isWantedAfterAll($0, followers) }) { beginAnew(index) }
        for index in leaders + followers where !isDone(JobID(index)) { takeFollowers(of: index) }
        let unwanted = jobs.indices.filter { isUnneeded($0) || isGone($0) && !jobs[$0].isActive }
        for index in unwanted { release(index) }
        for index in jobs.indices where !isUnneeded(index) { keep(index) }
    }

    private mutating func beginAnew(_ index: Int) {
        jobs[index].isNew = true
        jobs[index].restarts = 0
        switch jobs[index].stage {
        case .starting: jobs[index].stage = .starting(then: .changed(""))
        case .up: end(index, .changed(""))
        case .stopping: jobs[index].stage = .stopping(.changed(""))
        case .waiting, .due, .pausing, .resting, .done: jobs[index].stage = .waiting
        }
    }

    /// It follows one of these, or another that does.
    private func follows(_ index: Int, _ leaders: [Int]) -> Bool {
        switch jobs[index].end {
        case .skipped, .stopped, .failed(.dependency): return false
        case .succeeded, .failed, nil: break
        }
        return plan.jobs[index].dependencies.contains { dependency in
            let leader = dependency.job.index
            return dependency.restarts && (leaders.contains(leader) || follows(leader, leaders))
        }
    }

    /// It was not run for want of something, or for want of somebody who needs it, and that has changed; or what it
    /// follows begins anew.
    private func isWantedAfterAll(_ index: Int, _ followers: [Int]) -> Bool {
        guard !isGone(index), let end = jobs[index].end else { return false }
        let isNeeded = isGoal(index) || dependents[index].contains { !isDone($0.job) }
        switch end {
        case .skipped(.dependency), .failed(.dependency):
            return !plan.jobs[index].dependencies.contains { isLost($0) && !mayBeStartedAgain($0.job.index) }
        case .skipped(.notNeeded), .stopped:
            return isNeeded
        case .succeeded, .failed:
            return isNeeded && followers.contains(index)
        case .skipped:
            return false
        }
    }

    /// It is only down because nobody needed it.
    private func mayBeStartedAgain(_ index: Int) -> Bool {
        switch jobs[index].end {
        case .skipped(.notNeeded), .stopped: !isGone(index)
        default: false
        }
    }

    /// What is on its way down for want of somebody who needs it is needed again.
    private mutating func keep(_ index: Int) {
        switch jobs[index].stage {
        case .starting(then: .notNeeded): jobs[index].stage = .starting(then: nil)
        case .stopping(.notNeeded): beginAnew(index)
        case .waiting, .due, .starting, .up, .stopping, .pausing, .resting, .done: break
        }
    }
}
