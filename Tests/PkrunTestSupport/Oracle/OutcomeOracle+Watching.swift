internal import PkrunPlan

/// Jobs that run again after their ends.
extension OutcomeOracle {
    /// Until when there may be a reason to: the job watches files, or follows one for which there may be, and has not
    /// had its last word.
    func lastChance(of job: JobID) -> Instant {
        let end = lives[job.index].end ?? .end(of: .max)
        if plan.jobs[job.index].isFinally { return Instant(moment: -1) }
        if plan.jobs[job.index].watch != nil { return end }
        let chances = plan.jobs[job.index].dependencies.filter(\.restarts).map { lastChance(of: $0.job) }
        return min(end, chances.max() ?? Instant(moment: -1))
    }

    /// Whoever follows the job, directly or through others.
    func followers(of job: JobID) -> Set<JobID> {
        let followers = dependents[job.index].filter { follower in
            plan.jobs[follower.index].dependencies.contains { $0.job == job && $0.restarts }
        }
        return followers.reduce(into: Set(followers)) { $0.formUnion(self.followers(of: $1)) }
    }
}
