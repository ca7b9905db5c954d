extension ManifestJob {
    /// Lays this job over another, key by key. Environments, labels, limits
    /// and logs are laid over each other, entry by entry.
    mutating func merge(over base: ManifestJob) {
        command = command ?? base.command
        // Words behind another command are no words for this one.
        arguments = arguments ?? (isCommandWritten ? nil : base.arguments)
        isCommandWritten = isCommandWritten || base.isCommandWritten
        shell = shell ?? base.shell
        kind = kind ?? base.kind
        description = description ?? base.description
        workingDirectory = workingDirectory ?? base.workingDirectory
        environment = base.environment + environment
        environmentFiles = base.environmentFiles + environmentFiles
        user = user ?? base.user
        group = group ?? base.group
        dependencies = dependencies ?? base.dependencies
        readiness = readiness ?? base.readiness
        timeout = timeout ?? base.timeout
        idleTimeout = idleTimeout ?? base.idleTimeout
        stop = stop ?? base.stop
        // Two ways to say the same: one of them written here is the whole answer.
        if restart == nil, retry == nil { (restart, retry) = (base.restart, base.retry) }
        successExitCodes = successExitCodes ?? base.successExitCodes
        isOptional = isOptional ?? base.isOptional
        endsRun = endsRun ?? base.endsRun
        leaks = leaks ?? base.leaks
        log = log?.merged(over: base.log ?? ManifestLog()) ?? base.log
        isFinally = isFinally ?? base.isFinally
        locks = locks ?? base.locks
        health = health ?? base.health
        input = input ?? base.input
        onlyIf = onlyIf ?? base.onlyIf
        clearsEnvironment = clearsEnvironment ?? base.clearsEnvironment
        profiles = profiles ?? base.profiles
        isDisabled = isDisabled ?? base.isDisabled
        labels = base.labels + labels
        usesTerminal = usesTerminal ?? base.usesTerminal
        fileModeMask = fileModeMask ?? base.fileModeMask
        niceness = niceness ?? base.niceness
        limits = base.limits + limits
        processors = processors ?? base.processors
        resources = resources ?? base.resources
        watch = watch ?? base.watch
    }

    /// Lays this job over the `defaults` of its file.
    mutating func merge(overDefaults defaults: ManifestJob) {
        var base = defaults
        let (name, isFinally) = (family ?? name.value, isFinally?.value ?? false)
        // Every job waits for these, but for themselves and for what runs when all have ended.
        base.dependencies?.removeAll { $0.job.value == name || isFinally }
        merge(over: base)
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
