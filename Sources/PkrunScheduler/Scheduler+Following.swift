internal import PkrunEvents
internal import PkrunPlan

/// Jobs that are started again because a dependency of theirs is.
extension Scheduler {
    /// Takes down what follows the job's restart, and what follows that in turn.
    mutating func restartDependents(of job: JobID) {
        var pending = [job]
        while let dependency = pending.popLast() {
            for dependent in dependents[dependency.index] where dependent.restarts {
                let reason = StopReason.dependencyRestarts(dependency)
                switch records[dependent.job.index].state {
                case .running, .ready:
                    stop(dependent.job, reason)
                    pending.append(dependent.job)
                case .starting(thenStop: nil):
                    records[dependent.job.index].state = .starting(thenStop: reason)
                case .backingOff, .queued:
                    // Who asks for the conditions anyway sees that they do not hold.
                    guard !records[dependent.job.index].asksConditions else { continue }
                    disarm(.restart, of: dependent.job)
                    waitAgain(dependent.job)
                case .resting:
                    waitAgain(dependent.job)
                    pending.append(dependent.job)
                case .waiting, .starting, .stopping, .finished:
                    break
                }
            }
        }
    }

    /// The job starts again as soon as the conditions of its dependencies hold.
    ///
    /// - Precondition: it does not run now.
    mutating func waitAgain(_ job: JobID) {
        guard !finishIfUnwanted(job) else { return }
        records[job.index].state = .waiting
        records[job.index].asksConditions = true
        announce(job)
        if records[job.index].unmet == 0 {
            enqueue(job)
            return
        }
        let unmet = plan.jobs[job.index].dependencies.filter { !isMet($0) }
        if let lost = unmet.first(where: { isFinished($0.job) }) {
            lose(job, lost)
        } else {
            actions.append(.report(.jobWaiting(job, on: unmet)))
        }
    }

    func isFinished(_ job: JobID) -> Bool {
        if case .finished = records[job.index].state { true } else { false }
    }

    func isMet(_ dependency: Dependency) -> Bool {
        records[dependency.job.index].conditions.holds(dependency.condition)
            || !dependency.isRequired && isFinished(dependency.job)
    }
}
