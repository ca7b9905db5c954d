extension ManifestJob {
    /// This job with another under it, key by key. Environments and labels are laid over each other, entry by entry.
    func merged(over base: ManifestJob) -> ManifestJob {
        var job = self
        job.command = command ?? base.command
        job.isCommandWritten = isCommandWritten || base.isCommandWritten
        job.shell = shell ?? base.shell
        job.kind = kind ?? base.kind
        job.description = description ?? base.description
        job.workingDirectory = workingDirectory ?? base.workingDirectory
        job.environment = base.environment + environment
        job.environmentFiles = base.environmentFiles + environmentFiles
        job.user = user ?? base.user
        job.group = group ?? base.group
        job.dependencies = dependencies ?? base.dependencies
        job.readiness = readiness ?? base.readiness
        job.timeout = timeout ?? base.timeout
        job.idleTimeout = idleTimeout ?? base.idleTimeout
        job.stop = stop ?? base.stop
        job.restart = restart ?? base.restart
        job.successExitCodes = successExitCodes ?? base.successExitCodes
        job.isOptional = isOptional ?? base.isOptional
        job.leaks = leaks ?? base.leaks
        job.log = log ?? base.log
        job.clearsEnvironment = clearsEnvironment ?? base.clearsEnvironment
        job.profiles = profiles ?? base.profiles
        job.isDisabled = isDisabled ?? base.isDisabled
        job.labels = base.labels + labels
        return job
    }
}
