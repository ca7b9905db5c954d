internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    /// One job, complete.
    ///
    /// - Parameter isSelected: whether the host is asked too. A job that will not run need not be able to run here.
    /// - Returns: without arguments where there is no command; that has been reported.
    mutating func job(
        _ job: ManifestJob,
        _ kind: JobKind,
        _ dependencies: [Dependency],
        in scope: JobScope,
        isSelected: Bool
    ) -> JobPlan {
        let shell = shell(of: job)
        let arguments = command(of: job, shell)
        checkTaskKeys(of: job, kind)
        let user = isSelected ? user(of: job) : (identity: nil, changes: [])
        let files = isSelected ? fileEnvironment(job.environmentFiles) : []
        let own = job.environment.map { EnvironmentOverlay.Change($0.name.value, $0.value?.value) }
        return JobPlan(
            name: job.name.value,
            kind: kind,
            arguments: arguments ?? [],
            workingDirectory: job.workingDirectory?.absolutePath ?? job.name.range.file.directory,
            environment: EnvironmentOverlay(
                lastOfEach: user.changes + scope.environment + files + own,
                startsEmpty: job.clearsEnvironment?.value ?? false
            ),
            attributes: attributes(of: job),
            usesTerminal: job.usesTerminal?.value ?? false,
            resources: resources(of: job),
            identity: user.identity,
            dependencies: dependencies,
            readiness: readiness(of: job, shell),
            timeout: positive(job.timeout),
            idleTimeout: positive(job.idleTimeout),
            stop: stop(of: job, shell),
            restart: restart(of: job),
            successExitCodes: job.successExitCodes.map { JobPlan.usualExitCodes.union($0.map { Int32($0.value) }) }
                ?? JobPlan.usualExitCodes,
            isOptional: job.isOptional?.value ?? false,
            endsRun: word(job.endsRun, "a way to end a run") ?? .no,
            leaks: word(job.leaks, "a leak policy") ?? .kill,
            log: log(of: job, over: scope.log),
            isFinally: job.isFinally?.value ?? false,
            locks: kind == .task ? job.locks.map { Set($0.value).sorted() } ?? [] : [],
            retry: retry(of: job, kind),
            health: health(of: job, shell),
            input: input(of: job),
            onlyIf: onlyIf(of: job, shell),
            watch: watch(of: job),
            description: job.description?.value,
            labels: Dictionary(job.labels.map { ($0.name.value, $0.value?.value ?? "") }) { $1 }
        )
    }

    /// The shell's words; `nil` where none was chosen.
    private mutating func shell(of job: ManifestJob) -> [String]? {
        guard let shell = job.shell else { return nil }
        guard let program = shell.value.first, !program.isEmpty else {
            report(.emptyCommand, "a shell needs at least a program", at: shell.range)
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
            report(
                .missingKey,
                "job '\(job.name.value)' has no command",
                at: job.name.range,
                hint: "add command: …"
            )
        }
        return nil
    }

    /// The program and its arguments.
    mutating func words(_ command: ManifestCommand, _ shell: [String]?) -> [String]? {
        switch command {
        case .script(let script):
            guard script.value.contains(where: { !$0.isWhitespace }) else {
                report(.emptyCommand, "this command is empty", at: script.range)
                return nil
            }
            if shell == nil, let words = ShellScript.simpleCommand(script.value) { return words }
            return (shell ?? ShellScript.defaultShell) + [script.value]
        case .words(let words):
            guard let program = words.value.first, !program.isEmpty else {
                report(.emptyCommand, "this command names no program", at: words.range)
                return nil
            }
            return words.value
        }
    }
}

extension Located<String> {
    /// Paths begin where the file is that they are written in.
    var absolutePath: String { Path.absolute(value, in: range.file.directory) }
}
