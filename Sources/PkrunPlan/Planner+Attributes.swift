internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    mutating func attributes(of job: ManifestJob) -> ProcessAttributes {
        if let niceness = job.niceness, niceness.value < 0, host.effectiveUserID != 0 {
            report(.needsRoot, "only root can favour a job over others", at: niceness.range, hint: "0 to 19")
        }
        return ProcessAttributes(
            fileModeMask: job.fileModeMask?.value,
            niceness: (job.niceness?.value).map { Int32($0) },
            limits: limits(job.limits),
            processors: job.processors?.value ?? []
        )
    }

    private mutating func limits(_ written: [ManifestLimit]) -> [ProcessLimit: ProcessLimitValue] {
        var limits: [ProcessLimit: ProcessLimitValue] = [:]
        for limit in written {
            guard let name: ProcessLimit = word(limit.name, "a limit of a process"),
                let soft = value(limit.soft, of: name), let hard = value(limit.hard, of: name)
            else { continue }
            guard soft <= hard else {
                report(
                    .outOfRange,
                    "the soft limit \(limit.soft.value) is above the hard one",
                    at: limit.soft.range,
                    notes: [Diagnostic.Note("the hard limit is \(limit.hard.value)", at: limit.hard.range)]
                )
                continue
            }
            limits[name] = ProcessLimitValue(soft: soft, hard: hard)
        }
        return limits
    }

    /// A number, a size where bytes are counted, or no limit.
    private mutating func value(_ text: Located<String>, of limit: ProcessLimit) -> UInt64? {
        if ["unlimited", "-1"].contains(text.value) { return ProcessLimitValue.unlimited }
        if let value = limit.isSize ? SizeText.parse(text.value) : UInt64(text.value) { return value }
        report(
            limit.isSize ? .invalidSize : .invalidNumber,
            "'\(text.value)' is not a \(limit.isSize ? "size" : "whole number")",
            at: text.range,
            hint: limit.isSize ? "such as 512K, 64M, or unlimited" : "or unlimited"
        )
        return nil
    }

    mutating func resources(of job: ManifestJob) -> ResourceLimits {
        guard let written = job.resources else { return ResourceLimits() }
        if let memory = written.memory, memory.value == 0 {
            report(.outOfRange, "this must be more than 0", at: memory.range)
        }
        // The kernel gives no less than a millisecond of each tenth of a second.
        if let processors = written.processors, processors.value < 0.01 {
            report(.outOfRange, "\(processors.value) is out of range", at: processors.range, hint: "at least 0.01")
        }
        let limits = ResourceLimits(
            processors: written.processors?.value,
            memory: written.memory?.value,
            processes: written.processes?.value,
            enforcement: word(written.enforcement, "a way to enforce a limit") ?? .required
        )
        checkContainment(keeps: limits, at: written.range)
        return limits
    }

    private mutating func checkContainment(keeps limits: ResourceLimits, at range: SourceRange) {
        guard limits.enforcement == .required, let written = manifest.containment,
            let demand = ContainmentDemand(rawValue: written.value), !demand.mayKeepLimits
        else { return }
        report(
            .limitWithoutCgroup,
            "only cgroups keep limits",
            at: range,
            hint: "enforce: best-effort starts the job without them",
            notes: [Diagnostic.Note("the containment is to be '\(written.value)'", at: written.range)]
        )
    }
}
