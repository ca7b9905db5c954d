package import PkrunPlan

extension Plan {
    /// What there is to know of a plan when a history of it has gone wrong.
    package var account: String {
        let words = jobs.map { job in
            var words = ["\(job.name): \(job.kind)"]
            if job.isFinally { words.append("finally") }
            if job.isOptional { words.append("optional") }
            if job.resources.memory != nil { words.append("memory") }
            if job.endsRun != .no { words.append("ends run \(job.endsRun)") }
            if job.restart.condition != .no { words.append("restart \(job.restart.condition)") }
            if let maximum = job.restart.maximum { words.append("at most \(maximum)") }
            if job.retry.maximum > 0 { words.append("retry \(job.retry.maximum)") }
            if let condition = job.onlyIf { words.append("if \(condition)") }
            if let health = job.health { words.append("unhealthy: \(health.onFailure)") }
            if let watch = job.watch { words.append("watch: \(watch.action)") }
            if !job.locks.isEmpty { words.append("locks \(job.locks)") }
            for dependency in job.dependencies {
                words.append(
                    "after \(jobs[dependency.job.index].name) \(dependency.condition)"
                        + (dependency.isRequired ? "" : "?") + (dependency.restarts ? " following" : "")
                )
            }
            return words.joined(separator: ", ")
        }
        return (["on failure \(onFailure), goals \(goals.map { jobs[$0.index].name })"] + words).joined(separator: "\n")
    }
}
