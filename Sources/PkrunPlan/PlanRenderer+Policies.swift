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

    static func writeHealth(of job: JobPlan, _ writer: inout YAMLWriter) {
        guard let check = job.health else { return }
        writer.map("health") { health in
            for probe in check.probes { write(probe, &health) }
            health.entry("interval", duration: check.interval)
            health.entry("timeout", duration: check.timeout)
            health.entry("retries", number: check.retries)
            health.entry("start_period", duration: check.startPeriod)
            health.entry("on_failure", check.onFailure.rawValue)
        }
    }

    static func writeStart(of job: JobPlan, _ writer: inout YAMLWriter) {
        switch job.input {
        case .none: break
        case .inherit: writer.entry("stdin", "inherit")
        case .file(let path): writer.map("stdin") { $0.entry("file", path) }
        case .text(let text): writer.map("stdin") { $0.entry("text", text) }
        }
        switch job.onlyIf {
        case .never: writer.entry("if", flag: false)
        case .command(let words): writer.entry("if", list: words)
        case nil: break
        }
    }

    static func writeSignals(of plan: Plan, _ writer: inout YAMLWriter) {
        let unusual = plan.signals.filter { Plan.usualSignals[$0.key] != $0.value }
        guard !unusual.isEmpty else { return }
        writer.map("signals") { signals in
            for (signal, action) in unusual.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                let name = SignalNumber(parsing: signal.description) == signal
                signals.entry(name ? signal.description : String(signal.rawValue), action.rawValue)
            }
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
