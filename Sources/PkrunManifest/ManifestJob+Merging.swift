extension ManifestJob {
    /// This job with another under it, key by key. Environments, labels, limits
    /// and logs are laid over each other, entry by entry.
    func merged(over base: ManifestJob) -> ManifestJob {
        var job = self
        job.command = command ?? base.command
        // Words behind another command are no words for this one.
        job.arguments = arguments ?? (isCommandWritten ? nil : base.arguments)
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
        // Two ways to say the same: one of them written here is the whole answer.
        job.restart = restart ?? (retry == nil ? base.restart : nil)
        job.retry = retry ?? (restart == nil ? base.retry : nil)
        job.successExitCodes = successExitCodes ?? base.successExitCodes
        job.isOptional = isOptional ?? base.isOptional
        job.endsRun = endsRun ?? base.endsRun
        job.leaks = leaks ?? base.leaks
        job.log = log?.merged(over: base.log ?? ManifestLog()) ?? base.log
        job.isFinally = isFinally ?? base.isFinally
        job.locks = locks ?? base.locks
        job.health = health ?? base.health
        job.input = input ?? base.input
        job.onlyIf = onlyIf ?? base.onlyIf
        job.clearsEnvironment = clearsEnvironment ?? base.clearsEnvironment
        job.profiles = profiles ?? base.profiles
        job.isDisabled = isDisabled ?? base.isDisabled
        job.labels = base.labels + labels
        job.usesTerminal = usesTerminal ?? base.usesTerminal
        job.fileModeMask = fileModeMask ?? base.fileModeMask
        job.niceness = niceness ?? base.niceness
        job.limits = base.limits + limits
        job.processors = processors ?? base.processors
        job.resources = resources ?? base.resources
        job.watch = watch ?? base.watch
        return job
    }
}

extension ManifestLog {
    /// This log with another under it, key by key.
    package func merged(over base: ManifestLog) -> ManifestLog {
        var log = self
        log.path = path ?? base.path
        log.split = split ?? base.split
        log.maximumSize = maximumSize ?? base.maximumSize
        log.maximumFiles = maximumFiles ?? base.maximumFiles
        log.timestamps = timestamps ?? base.timestamps
        log.prefix = prefix ?? base.prefix
        log.color = color ?? base.color
        return log
    }
}
