package import PkrunContainment
import PkrunEvents
import PkrunLogs
package import PkrunPlan
import PkrunScheduler
package import PkrunSystem

/// The loop of a run: waits, tells the scheduler what happened, and carries out what it decides.
///
/// One thread, one loop: the order in which things happen here is the order in which they are decided and reported.
package final class Driver {
    private(set) var plan: Plan
    let containment: any Containment
    let reactor: Reactor
    let directory: RunDirectory
    private let recorder: Recorder
    let console: Console
    var environment: JobEnvironment
    let captureBuffer = CaptureBuffer()
    let nullDevice: OwnedDescriptor
    let redactor: Redactor?
    let options: RunOptions
    private let startTime = MonotonicClock.now

    private var scheduler: Scheduler
    private var inputs: [SchedulerInput] = []
    private var isDeciding = false
    private var attempts: [JobID: Attempt] = [:]
    /// Commands that decide whether their job runs.
    private var conditions: [JobID: RunningCommand] = [:]
    private var fileWatch: FileWatch?
    private var timers = TimerQueue()
    private var schedulerTimers: [SchedulerTimer: TimerQueue.ID] = [:]
    private var statuses: [JobID: ExitStatus] = [:]
    private var outcomes: [JobID: JobOutcome] = [:]
    /// What `finally` tasks are told.
    private(set) var outcomeVariables: [EnvironmentOverlay.Change] = []
    private var outcome: RunOutcome?
    private var fault: SystemError?
    /// Reads the manifest again for a run of this plan; `nil` where it goes on as it is. Says itself what is wrong.
    package var replan: (Plan) -> Plan? = { _ in nil }

    package init(
        plan: Plan,
        options: RunOptions,
        directory: RunDirectory,
        containment: any Containment,
        reactor: Reactor
    ) throws(SystemError) {
        self.plan = plan
        self.options = options
        self.containment = containment
        self.directory = directory
        self.reactor = reactor
        scheduler = Scheduler(plan: plan, jitter: Jitter(of: directory.runID))
        environment = JobEnvironment(inherited: CurrentProcess.environment)
        redactor = options.secrets.isEmpty ? nil : Redactor(options.secrets.values)
        nullDevice = try .open("/dev/null", .readWrite)
        console = try Console(plan: plan, options: options, reactor: reactor)
        recorder = try Recorder(plan: plan, directory: directory)
        console.becameFree = { [unowned self] in
            for attempt in attempts.values { attempt.resumeOutput() }
        }
        fileWatch = try watch(plan)
    }

    /// Runs the plan to its end. When it returns nothing of it is alive, and every file is complete.
    package func run() throws(SystemError) -> RunResult {
        report(.runStarted(runStart))
        feed(.begin)
        while outcome == nil {
            while let work = timers.popDue(now: now) { work() }
            flush()
            if outcome == nil { try reactor.wait(timeout: timers.nextDeadline().map { $0 - now }) }
        }
        return finish()
    }

    /// A signal has come that the plan has an answer to.
    package func receive(_ signal: SignalNumber) {
        switch plan.signals[signal] {
        case .stop:
            feed(.interrupt(signal))
        case .kill:
            feed(.interrupt(signal))
            feed(.interrupt(signal))
        case .forward:
            for attempt in attempts.values { attempt.forward(signal) }
        case .reload: reload()
        case .ignore, nil:
            break
        }
    }

    private func reload() {
        guard scheduler.takesPlans, let new = replan(plan) else { return }
        plan = new
        console.replan(new)
        noteFaults { () throws(SystemError) in fileWatch = try watch(new) }
        feed(.reload(new, path: String(options.manifestPath.split(separator: "/").last ?? "")))
    }

    private func watch(_ plan: Plan) throws(SystemError) -> FileWatch? {
        try FileWatch(plan, statePath: directory.statePath, reactor: reactor) { [unowned self] error in
            noteFaults { () throws(SystemError) in throw error }
        } changed: { [unowned self] job, path in
            let project = "\(plan.directory)/"
            feed(.changed(job, path: path.hasPrefix(project) ? String(path.dropFirst(project.count)) : path))
        }
    }

    private var runStart: RunStart {
        RunStart(
            runID: directory.runID,
            manifest: options.manifestPath,
            name: plan.name,
            processID: CurrentProcess.identifier,
            mechanism: containment.mechanism.rawValue,
            goals: plan.goals
        )
    }

    private func flush() {
        noteFaults(recorder.flush)
        console.flush()
    }

    private func finish() -> RunResult {
        var outcome = self.outcome ?? RunOutcome(exitCode: ExitCode.internalFault)
        let survivors = containment.close()
        if survivors > 0 && outcome.exitCode == ExitCode.success { outcome.exitCode = ExitCode.jobFailed }
        if fault != nil { outcome.exitCode = ExitCode.internalFault }
        report(.runFinished(outcome))
        noteFaults(recorder.finish)
        console.finish()
        return RunResult(outcome: outcome, jobs: outcomes, statuses: statuses, survivors: survivors, fault: fault)
    }
}

// MARK: Deciding

extension Driver {
    /// Tells the scheduler what happened and carries out what it wants done. What happens while that is carried out
    /// waits for its turn.
    func feed(_ input: SchedulerInput) {
        inputs.append(input)
        guard !isDeciding else { return }
        isDeciding = true
        defer { isDeciding = false }
        while !inputs.isEmpty {
            for action in scheduler.handle(inputs.removeFirst()) { perform(action) }
        }
    }

    func report(_ event: RunEvent) {
        recorder.record(event)
        console.receive(event, at: now - startTime)
    }

    private func perform(_ action: SchedulerAction) {
        switch action {
        case .start(let job, let attempt, let asks):
            if asks, case .command(let arguments) = plan.jobs[job.index].onlyIf {
                ask(job, arguments, attempt)
            } else {
                start(job, attempt)
            }
        case .stop(let job): attempts[job]?.stop()
        case .kill(let job): attempts[job]?.kill()
        case .signal(let job, let signal): attempts[job]?.forward(signal)
        case .arm(let timer, let duration): arm(timer, after: duration)
        case .disarm(let timer): if let id = schedulerTimers.removeValue(forKey: timer) { timers.cancel(id) }
        case .report(.jobStopping(let job, let attempt, let reason)):
            attempts[job]?.explain(reason)
            report(.jobStopping(job, attempt: attempt, reason))
        case .report(.jobFinished(let job, let outcome)):
            outcomes[job] = outcome
            report(.jobFinished(job, outcome))
        case .report(.runStopping(let reason)):
            report(.runStopping(reason))
            for command in conditions.values { command.stop() }
        case .report(.runReloaded(let change)):
            report(.runReloaded(change))
            for job in change.changed + change.removed { conditions[job]?.stop() }
        case .report(.runFinalizing(let outcome)):
            outcomeVariables = outcome.variables(in: plan)
            report(.runFinalizing(outcome))
        case .report(.runFinished): break  // Told at the very end, when the containment has let go of everything.
        case .report(let event): report(event)
        case .finish(let outcome): self.outcome = outcome
        }
    }

    private func start(_ job: JobID, _ number: Int) {
        do throws(StartFailure) {
            let attempt = try Attempt(job, number: number, driver: self)
            attempts[job] = attempt
            report(.jobStarted(job, attempt: number, processID: attempt.processID))
            feed(.started(job))
            attempt.awaitReadiness()
            attempt.watchHealth()
        } catch {
            couldNotStart(job, number, error)
        }
    }

    private func couldNotStart(_ job: JobID, _ number: Int, _ failure: StartFailure) {
        report(.jobStartFailed(job, attempt: number, failure))
        feed(.startFailed(job, failure))
    }

    /// Asks the command that decides whether the job runs at all.
    private func ask(_ job: JobID, _ arguments: [String], _ attempt: Int) {
        do throws(SpawnError) {
            conditions[job] = try command(arguments, beside: job) { [unowned self] status, _ in
                let isAnswer = conditions.removeValue(forKey: job)?.isStopping == false
                if isAnswer, status == .exited(code: 0) { start(job, attempt) } else { feed(.declined(job)) }
            }
        } catch {
            couldNotStart(job, attempt, StartFailure(error, of: plan.jobs[job.index]))
        }
    }

    /// An attempt's tree is empty and its log complete.
    func ended(_ attempt: Attempt, _ ending: AttemptEnding) {
        attempts[attempt.job] = nil
        statuses[attempt.job] = ending.status
        console.endOutput(of: attempt.job)
        report(.jobEnded(attempt.job, attempt: attempt.number, ending))
        feed(.ended(attempt.job, ending))
    }

    private func arm(_ timer: SchedulerTimer, after duration: Duration) {
        schedulerTimers[timer] = after(duration) { [unowned self] in
            schedulerTimers[timer] = nil
            if case .idle(let job) = timer {
                feed(.quiet(job, for: attempts[job]?.silence ?? .zero))
            } else {
                feed(.timer(timer))
            }
        }
    }
}

// MARK: What attempts ask of the loop

extension Driver {
    var now: Duration { MonotonicClock.now }

    func after(_ duration: Duration, _ work: @escaping () -> Void) -> TimerQueue.ID {
        timers.schedule(at: now + duration, work)
    }

    func cancel(_ timer: TimerQueue.ID) {
        timers.cancel(timer)
    }

    /// Shows output; where the reader does not keep up, further output stays in the pipes until it does.
    func show(_ chunk: Span<UInt8>, of job: JobID, _ stream: OutputStreamChoice) {
        console.show(chunk, of: job, stream)
        guard console.isCongested else { return }
        for attempt in attempts.values { attempt.pauseOutput() }
    }

    /// Something of pkrun's own went wrong: a log that cannot be written, a signal that cannot be sent. The run is
    /// stopped, and the first such error decides its exit code.
    func noteFaults(_ body: () throws(SystemError) -> Void) {
        do throws(SystemError) {
            try body()
        } catch {
            guard fault == nil else { return }
            fault = error
            feed(.fault("\(error)"))
        }
    }
}
