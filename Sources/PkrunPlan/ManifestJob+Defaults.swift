internal import PkrunManifest

extension ManifestJob {
    /// This job with `defaults` under it, key by key. Environments are laid over each other, variable by variable.
    func merged(over defaults: ManifestJob) -> ManifestJob {
        var job = self
        job.command = command ?? defaults.command
        job.isCommandWritten = isCommandWritten || defaults.isCommandWritten
        job.shell = shell ?? defaults.shell
        job.kind = kind ?? defaults.kind
        job.description = description ?? defaults.description
        job.workingDirectory = workingDirectory ?? defaults.workingDirectory
        job.environment = defaults.environment + environment
        job.environmentFiles = defaults.environmentFiles + environmentFiles
        job.user = user ?? defaults.user
        job.group = group ?? defaults.group
        // Every job waits for these, but for themselves and for what runs when all have ended.
        job.dependencies =
            dependencies
            ?? (isFinally?.value == true ? nil : defaults.dependencies?.filter { $0.job.value != name.value })
        job.readiness = readiness ?? defaults.readiness
        job.timeout = timeout ?? defaults.timeout
        job.idleTimeout = idleTimeout ?? defaults.idleTimeout
        job.stop = stop ?? defaults.stop
        // Two ways to say the same: one of them written here is the whole answer.
        job.restart = restart ?? (retry == nil ? defaults.restart : nil)
        job.successExitCodes = successExitCodes ?? defaults.successExitCodes
        job.isOptional = isOptional ?? defaults.isOptional
        job.leaks = leaks ?? defaults.leaks
        job.log = log ?? defaults.log
        job.health = health ?? defaults.health
        job.input = input ?? defaults.input
        job.onlyIf = onlyIf ?? defaults.onlyIf
        job.isFinally = isFinally ?? defaults.isFinally
        job.locks = locks ?? defaults.locks
        job.retry = retry ?? (restart == nil ? defaults.retry : nil)
        return job
    }
}
