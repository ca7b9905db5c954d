extension PlanRenderer {
    static func write(_ restart: RestartPolicy, _ writer: inout YAMLWriter) {
        writer.entry("policy", restart.condition.rawValue)
        if let maximum = restart.maximum { writer.entry("max", number: maximum) }
        writer.entry("backoff", duration: restart.backoff)
        writer.entry("max_backoff", duration: restart.maximumBackoff)
        writer.entry("factor", decimal: restart.factor)
        if let window = restart.window { writer.entry("window", duration: window) }
    }

    static func write(_ dependency: Dependency, on name: String, _ writer: inout YAMLWriter) {
        guard !dependency.isRequired || dependency.restarts else {
            writer.entry(name, dependency.condition.rawValue)
            return
        }
        writer.map(name) { writer in
            writer.entry("condition", dependency.condition.rawValue)
            writer.entry("required", flag: dependency.isRequired)
            writer.entry("restart", flag: dependency.restarts)
        }
    }

    /// What only tasks have, where it says anything.
    static func writeTaskKeys(of job: JobPlan, _ writer: inout YAMLWriter) {
        if job.isFinally { writer.entry("finally", flag: true) }
        if !job.locks.isEmpty { writer.entry("locks", list: job.locks) }
        guard job.retry != RetryPolicy() else { return }
        writer.map("retry") { retry in
            retry.entry("max", number: job.retry.maximum)
            retry.entry("delay", duration: job.retry.delay)
            guard let triggers = job.retry.triggers else { return }
            retry.entry(
                "on",
                list: (triggers.timeout ? ["timeout"] : []) + triggers.exitCodes.sorted().map(String.init)
            )
        }
    }
}
