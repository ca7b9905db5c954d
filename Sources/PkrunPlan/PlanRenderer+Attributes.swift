internal import PkrunManifest

extension PlanRenderer {
    /// What the kernel gives the job, where anything is said about it, and what pkrun looks at beside it.
    static func writeAttributes(of job: JobPlan, _ writer: inout YAMLWriter) {
        if job.usesTerminal { writer.entry("tty", flag: true) }
        if let mask = job.attributes.fileModeMask {
            writer.entry("umask", octal: mask)
        }
        if let niceness = job.attributes.niceness { writer.entry("nice", number: Int(niceness)) }
        if !job.attributes.limits.isEmpty {
            writer.map("ulimits") { limits in
                for (limit, value) in job.attributes.limits.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                    limits.map(limit.rawValue) { pair in
                        pair.entry("soft", words(value.soft))
                        pair.entry("hard", words(value.hard))
                    }
                }
            }
        }
        if !job.attributes.processors.isEmpty { writer.entry("cpus", numbers: job.attributes.processors) }
        if !job.resources.isEmpty { writer.map("resources") { write(job.resources, &$0) } }
        if let watch = job.watch { writer.map("watch") { write(watch, &$0) } }
    }

    private static func words(_ limit: UInt64) -> String {
        limit == ProcessLimitValue.unlimited ? "unlimited" : String(limit)
    }

    private static func write(_ resources: ResourceLimits, _ writer: inout YAMLWriter) {
        if let processors = resources.processors { writer.entry("cpus", decimal: processors) }
        if let memory = resources.memory { writer.entry("memory", SizeText.format(memory)) }
        if let processes = resources.processes { writer.entry("pids", number: processes) }
        writer.entry("enforce", resources.enforcement.rawValue)
    }

    private static func write(_ watch: WatchPlan, _ writer: inout YAMLWriter) {
        writer.entry("paths", list: watch.paths)
        if !watch.ignoredPaths.isEmpty { writer.entry("ignore", list: watch.ignoredPaths) }
        writer.entry("debounce", duration: watch.debounce)
        switch watch.action {
        case .restart: writer.entry("action", "restart")
        case .signal(let signal): writer.entry("action", signal.name ?? String(signal.rawValue))
        }
    }

    static func write(_ log: LogPlan, _ writer: inout YAMLWriter) {
        if let path = log.path { writer.entry("path", path) }
        writer.entry("split", flag: log.split)
        if let rotation = log.rotation {
            writer.entry("max_size", SizeText.format(rotation.maximumSize))
            writer.entry("max_files", number: rotation.maximumFiles)
        }
        if log.display.timestamps { writer.entry("timestamps", flag: true) }
        if let prefix = log.display.prefix { writer.entry("prefix", prefix) }
        if let color = log.display.color { writer.entry("color", color.rawValue) }
    }

    static func writeSecrets(of plan: Plan, _ writer: inout YAMLWriter) {
        guard !plan.secrets.isEmpty else { return }
        writer.map("secrets") { secrets in
            for secret in plan.secrets {
                secrets.map(secret.name) { source in
                    switch secret.source {
                    case .environment(let name): source.entry("env", name)
                    case .file(let path): source.entry("file", path)
                    case .command(let words): source.entry("command", list: words)
                    }
                }
            }
        }
    }
}
