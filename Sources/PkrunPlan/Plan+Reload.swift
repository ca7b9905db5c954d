/// A manifest that is read again in the middle of a run.
extension Plan {
    /// Settings that hold for a whole run.
    package enum FixedSetting: String, Error {
        case containment, timeout, signals, secrets, finally
    }

    /// The plan with which a run of this one goes on.
    ///
    /// Every job keeps its place, so that a `JobID` means the same job as long as the run lasts; new jobs come after
    /// all others. Jobs that are no longer in the manifest are `retired`: nothing needs them, and no failure of theirs
    /// counts.
    package func continued(as new: Plan) throws(FixedSetting) -> Plan {
        try demandSameSettings(as: new)
        var plan = new
        plan.jobs = jobs
        var places = Dictionary(uniqueKeysWithValues: zip(jobs.map(\.name), jobs.indices.map { JobID($0) }))
        for job in new.jobs {
            guard let place = places[job.name] else {
                places[job.name] = JobID(plan.jobs.count)
                plan.jobs.append(job)
                continue
            }
            guard job.isFinally == jobs[place.index].isFinally else { throw .finally }
            plan.jobs[place.index] = job
        }
        let place = { (job: JobID) in places[new.jobs[job.index].name] ?? job }
        let current = Set(new.jobs.indices.map { place(JobID($0)) })
        for id in current {
            for index in plan.jobs[id.index].dependencies.indices {
                let dependency = plan.jobs[id.index].dependencies[index].job
                plan.jobs[id.index].dependencies[index].job = place(dependency)
            }
        }
        plan.goals = new.goals.map(place)
        plan.retired = Set(jobs.indices.map { JobID($0) }).subtracting(current)
        for job in plan.retired { plan.jobs[job.index].retire() }
        return plan
    }

    private func demandSameSettings(as new: Plan) throws(FixedSetting) {
        if containment != new.containment { throw .containment }
        if timeout != new.timeout { throw .timeout }
        if signals != new.signals { throw .signals }
        // A command is run before the run alone.
        let isAsked = secrets.contains { $0.isCommand && new.needs($0) && !needs($0) }
        if secrets != new.secrets || isAsked { throw .secrets }
    }
}

extension JobPlan {
    /// Whether they differ in words alone, which mean nothing to a process.
    package func runs(as other: JobPlan) -> Bool {
        var other = other
        other.description = description
        other.labels = labels
        return self == other
    }

    fileprivate mutating func retire() {
        isOptional = true
        endsRun = .no
        restart = RestartPolicy()
        retry = RetryPolicy()
        watch = nil
    }
}
