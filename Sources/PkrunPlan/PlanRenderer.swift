/// Writes a plan as a manifest that means the same: nothing left to default, to look up or to replace.
///
/// Two things have no words in a manifest: which jobs the command line named (the goals follow from the dependencies),
/// and supplementary groups (they are looked up with the user).
package struct PlanRenderer {
    private var writer = YAMLWriter()

    private init() {}

    package static func render(_ plan: Plan) -> String {
        var renderer = PlanRenderer()
        renderer.write(plan)
        return renderer.writer.text
    }

    private mutating func write(_ plan: Plan) {
        writer.entry("name", plan.name)
        writer.entry("containment", plan.containment.rawValue)
        if let timeout = plan.timeout { writer.entry("timeout", duration: timeout) }
        if let concurrency = plan.concurrency { writer.entry("concurrency", number: concurrency) }
        writer.entry("on_failure", plan.onFailure.rawValue)
        Self.writeSignals(of: plan, &writer)
        Self.writeSecrets(of: plan, &writer)
        writer.map("jobs") { jobs in
            for job in plan.jobs {
                jobs.map(job.name) { Self.write(job, of: plan, &$0) }
            }
        }
    }

    private static func write(_ job: JobPlan, of plan: Plan, _ writer: inout YAMLWriter) {
        if let description = job.description { writer.entry("description", description) }
        writer.entry("kind", job.kind.rawValue)
        writer.entry("command", list: job.arguments)
        writer.entry("working_dir", job.workingDirectory)
        if job.environment.startsEmpty { writer.entry("clear_env", flag: true) }
        if !job.environment.changes.isEmpty {
            writer.map("env") { environment in
                for change in job.environment.changes {
                    if let value = change.value {
                        environment.entry(change.name, value)
                    } else {
                        environment.entry(null: change.name)
                    }
                }
            }
        }
        if let identity = job.identity {
            writer.entry("user", identity.userName)
            writer.entry("group", number: Int(identity.groupID))
        }
        if !job.dependencies.isEmpty {
            writer.map("depends_on") { dependencies in
                for dependency in job.dependencies {
                    write(dependency, on: plan.jobs[dependency.job.index].name, &dependencies)
                }
            }
        }
        if !job.readiness.probes.isEmpty { writer.map("ready") { write(job.readiness, &$0) } }
        if let timeout = job.timeout { writer.entry("timeout", duration: timeout) }
        if let timeout = job.idleTimeout { writer.entry("idle_timeout", duration: timeout) }
        writer.list("stop", of: job.stop) { step, writer in write(step, &writer) }
        if job.retry == RetryPolicy() { writer.map("restart") { write(job.restart, &$0) } }
        writer.entry("success_exit_codes", numbers: job.successExitCodes.sorted().map(Int.init))
        writer.entry("optional", flag: job.isOptional)
        if job.endsRun != .no { writer.entry("ends_run", job.endsRun.rawValue) }
        writer.entry("leaks", job.leaks.rawValue)
        writer.map("log") { write(job.log, &$0) }
        writeAttributes(of: job, &writer)
        writeTaskKeys(of: job, &writer)
        writeHealth(of: job, &writer)
        writeStart(of: job, &writer)
        if !job.labels.isEmpty {
            writer.map("labels") { labels in
                for (name, value) in job.labels.sorted(by: { $0.key < $1.key }) { labels.entry(name, value) }
            }
        }
    }

    private static func write(_ step: StopStep, _ writer: inout YAMLWriter) {
        switch step {
        case .signal(let signal, to: let target, wait: _):
            if let name = signal.name {
                writer.entry("signal", name)
            } else {
                writer.entry("signal", number: Int(signal.rawValue))
            }
            writer.entry("to", target.rawValue)
        case .command(let words, wait: _):
            writer.entry("command", list: words)
        }
        writer.entry("wait", duration: step.wait)
    }

    private static func write(_ readiness: Readiness, _ writer: inout YAMLWriter) {
        for probe in readiness.probes { write(probe, &writer) }
        writer.entry("timeout", duration: readiness.timeout)
        writer.entry("interval", duration: readiness.interval)
        if let retries = readiness.retries { writer.entry("retries", number: retries) }
    }

    static func write(_ probe: Probe, _ writer: inout YAMLWriter) {
        switch probe {
        case .line(let pattern, let stream):
            writer.map("line") { line in
                line.entry("pattern", pattern)
                line.entry("stream", stream.rawValue)
            }
        case .tcp(let host, let port):
            writer.entry("tcp", host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
        case .http(let probe):
            writer.map("http") { http in
                http.entry("url", probe.url)
                http.entry("status", "\(probe.status.lowerBound)-\(probe.status.upperBound)")
                if !probe.headers.isEmpty {
                    http.map("headers") { headers in
                        for header in probe.headers { headers.entry(header.name, header.value) }
                    }
                }
            }
        case .exec(let words):
            writer.entry("exec", list: words)
        case .port(let port):
            writer.entry("port", number: Int(port))
        case .file(let path):
            writer.entry("file", path)
        case .notify(let notify):
            switch notify {
            case .systemd: writer.entry("notify", "systemd")
            case .descriptor(let number): writer.map("notify") { $0.entry("fd", number: Int(number)) }
            }
        case .delay(let delay):
            writer.entry("delay", duration: delay)
        }
    }
}
