import PkrunEvents
import PkrunLogs
import PkrunPlan
import PkrunSystem

/// What the processes of jobs get, and those that serve them.
extension Driver {
    /// A terminal as wide as the job's lines are shown, and that of the job's user.
    /// - Returns: `nil` where the job is to have none.
    func terminal(for job: JobID, _ plan: JobPlan) throws(StartFailure) -> TerminalPair? {
        guard plan.usesTerminal else { return nil }
        do throws(SystemError) {
            let terminal = try TerminalPair(console.terminalSize(of: job))
            if let identity = plan.identity { try terminal.give(to: identity.userID) }
            return terminal
        } catch {
            throw StartFailure(openingTerminal: error)
        }
    }

    func outputs(
        for job: JobID,
        _ plan: JobPlan,
        _ terminal: TerminalPair?,
        reader: @escaping (Span<UInt8>, OutputStreamChoice) -> Void
    ) throws(SystemError) -> JobOutputs {
        let loop = JobOutputs.Loop(
            reactor: reactor,
            buffer: captureBuffer,
            redactor: redactor,
            reader: reader
        ) { [unowned self] error in
            noteFaults { () throws(SystemError) in throw error }
        }
        return try JobOutputs(plan, terminal: terminal, isShown: console.shows(job), loop: loop) {
            directory.logPath(job: plan.name, suffix: $0)
        }
    }

    func request(
        for job: JobID,
        _ plan: JobPlan,
        _ outputs: JobOutputs,
        _ terminal: TerminalPair?
    ) -> SpawnRequest {
        var request = request(for: plan, plan.arguments)
        if let terminal {
            request.terminal = terminal.programSide
            request.standardInput = terminal.programSide
        }
        if plan.input == .inherit || options.output == .goal && job == self.plan.goals.first {
            request.standardInput = Descriptor.standardInput.number
        }
        request.standardOutput = outputs.standardOutput
        request.standardError = outputs.standardError
        return request
    }

    /// - Returns: `nil` where standard input needs no file.
    func input(for plan: JobPlan) throws(StartFailure) -> JobInput? {
        do throws(SystemError) {
            return try JobInput(plan.input, temporaryPath: directory.temporaryPath)
        } catch {
            throw StartFailure(openingInput: error)
        }
    }

    /// What every process that serves the job gets: the job itself, its probes and its stop commands.
    private func request(for job: JobPlan, _ arguments: [String]) -> SpawnRequest {
        var overlay = job.environment.revealing(options.secrets)
        if job.isFinally { overlay.changes += outcomeVariables }
        return SpawnRequest(
            arguments: arguments,
            environment: environment.applying(overlay, workingDirectory: job.workingDirectory),
            workingDirectory: job.workingDirectory,
            standardInput: nullDevice.number,
            standardOutput: nullDevice.number,
            standardError: nullDevice.number,
            credentials: job.identity.map {
                SpawnRequest.Credentials(userID: $0.userID, groupID: $0.groupID, groups: $0.groups)
            },
            attributes: PkrunSystem.ProcessAttributes(job.attributes)
        )
    }

    /// Runs a command that serves the job beside its tree.
    /// - Returns: `nil` where it cannot be started, which counts as its failure.
    func run(
        _ arguments: [String],
        beside job: JobID,
        tail: CommandTail? = nil,
        ended: @escaping (ProcessStatus, String?) -> Void
    ) -> RunningCommand? {
        try? command(arguments, beside: job, tail: tail) { [redactor] status, line in
            ended(status, line.map { redactor?.redacted($0) ?? $0 })
        }
    }

    func command(
        _ arguments: [String],
        beside job: JobID,
        tail: CommandTail? = nil,
        ended: @escaping (ProcessStatus, String?) -> Void
    ) throws(SpawnError) -> RunningCommand {
        let later = { [unowned self] (delay: Duration, work: @escaping () -> Void) in _ = after(delay, work) }
        let request = request(for: plan.jobs[job.index], arguments)
        return try RunningCommand(request, in: containment, after: later, tail: tail, ended: ended)
    }

    func probeLoop(for attempt: Attempt, notifyChannel: NotifyChannel?) -> ProbeLoop {
        ProbeLoop(
            reactor: reactor,
            after: { [unowned self] in after($0, $1) },
            cancel: { [unowned self] in cancel($0) },
            run: { [unowned self, job = attempt.job] in
                run($0, beside: job, tail: try? CommandTail(reactor: reactor), ended: $1)
            },
            mainProcess: attempt.processID,
            members: { [unowned attempt] in attempt.members },
            notifyChannel: notifyChannel
        )
    }
}
