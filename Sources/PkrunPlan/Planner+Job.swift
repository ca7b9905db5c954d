internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    /// One job, complete.
    ///
    /// - Parameter isSelected: whether the host is asked too. A job that will not run need not be able to run here.
    /// - Returns: nil where there is no command; that has been reported.
    mutating func job(
        _ job: ManifestJob,
        _ kind: JobKind,
        _ dependencies: [Dependency],
        over environment: [EnvironmentOverlay.Change],
        isSelected: Bool
    ) -> JobPlan? {
        let shell = shell(of: job)
        let arguments = command(of: job, shell)
        let readiness = readiness(of: job, shell)
        let stop = stop(of: job, shell)
        let restart = restart(of: job)
        let timeout = positive(job.timeout)
        let idleTimeout = positive(job.idleTimeout)
        let endsRun: RunEnding? = word(job.endsRun, "a way to end a run")
        let leaks: LeakPolicy? = word(job.leaks, "a leak policy")
        let retry = retry(of: job, kind)
        checkTaskKeys(of: job, kind)
        let health = health(of: job, shell)
        let input = input(of: job)
        let onlyIf = onlyIf(of: job, shell)
        let attributes = attributes(of: job)
        let resources = resources(of: job)
        let log = log(of: job)
        let watch = watch(of: job)
        reportMissing(in: job)
        var changes = environment
        var identity: Identity?
        if isSelected {
            let user = user(of: job)
            identity = user.identity
            changes = user.changes + environment
            changes += fileEnvironment(job.environmentFiles)
        }
        changes += job.environment.map { EnvironmentOverlay.Change($0.name.value, $0.value?.value) }
        guard let arguments else { return nil }
        return JobPlan(
            name: job.name.value,
            kind: kind,
            arguments: arguments,
            workingDirectory: job.workingDirectory.map(absolute) ?? job.name.range.file.directory,
            environment: overlay(of: changes, job.clearsEnvironment?.value ?? false),
            attributes: attributes,
            usesTerminal: job.usesTerminal?.value ?? false,
            resources: resources,
            identity: identity,
            dependencies: dependencies,
            readiness: readiness,
            timeout: timeout,
            idleTimeout: idleTimeout,
            stop: stop,
            restart: restart,
            successExitCodes: Set((job.successExitCodes ?? []).map { Int32($0.value) }).union([0]),
            isOptional: job.isOptional?.value ?? false,
            endsRun: endsRun ?? .no,
            leaks: leaks ?? .kill,
            log: log,
            isFinally: job.isFinally?.value ?? false,
            locks: kind == .task ? Set(job.locks?.value ?? []).sorted() : [],
            retry: retry,
            health: health,
            input: input,
            onlyIf: onlyIf,
            watch: watch,
            description: job.description?.value,
            labels: Dictionary(job.labels.map { ($0.name.value, $0.value?.value ?? "") }) { $1 }
        )
    }

    private func overlay(of changes: [EnvironmentOverlay.Change], _ startsEmpty: Bool) -> EnvironmentOverlay {
        var overlay = EnvironmentOverlay(lastOfEach: changes)
        overlay.startsEmpty = startsEmpty
        return overlay
    }

    /// Paths begin where the file is that they are written in.
    func absolute(_ path: Located<String>) -> String {
        Path.absolute(path.value, in: path.range.file.directory)
    }

    /// The shell's words; `nil` where none was chosen.
    private mutating func shell(of job: ManifestJob) -> [String]? {
        guard let shell = job.shell else { return nil }
        guard let program = shell.value.first, !program.isEmpty else {
            log.report(Diagnostic(.emptyCommand, "a shell needs at least a program", at: shell.range))
            return nil
        }
        return shell.value
    }

    private mutating func command(of job: ManifestJob, _ shell: [String]?) -> [String]? {
        if let command = job.command {
            guard var words = words(command, shell) else { return nil }
            guard let arguments = job.arguments?.value, !arguments.isEmpty else { return words }
            // After the script of a shell, the first word is its name: sh(1), -c.
            if case .script(let script) = command, words.last == script.value { words.append(job.name.value) }
            return words + arguments
        }
        // What was written and could not be read has been reported.
        if !job.isCommandWritten {
            log.report(
                Diagnostic(
                    .missingKey,
                    "job '\(job.name.value)' has no command",
                    at: job.name.range,
                    hint: "add command: …"
                )
            )
        }
        return nil
    }

    /// The program and its arguments.
    mutating func words(_ command: ManifestCommand, _ shell: [String]?) -> [String]? {
        switch command {
        case .script(let script):
            guard script.value.contains(where: { !$0.isWhitespace }) else {
                log.report(Diagnostic(.emptyCommand, "this command is empty", at: script.range))
                return nil
            }
            if shell == nil, let words = ShellScript.simpleCommand(script.value) { return words }
            return (shell ?? ShellScript.defaultShell) + [script.value]
        case .words(let words):
            guard let program = words.value.first, !program.isEmpty else {
                log.report(Diagnostic(.emptyCommand, "this command names no program", at: words.range))
                return nil
            }
            return words.value
        }
    }
}
