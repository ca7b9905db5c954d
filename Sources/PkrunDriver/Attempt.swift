import PkrunContainment
import PkrunEvents
import PkrunLogs
import PkrunPlan
import PkrunScheduler
import PkrunSystem
import PkrunTeardown

/// One execution of a job: its tree, its output, its probes and its end.
///
/// It carries out what its `Teardown` decides and tells the driver what happened; it decides nothing itself.
final class Attempt {
    let job: JobID
    let number: Int
    /// The main process; no longer to be signalled once the attempt has ended.
    private(set) var processID: Int32 = 0
    private let plan: JobPlan
    unowned let driver: Driver
    private let startTime: Duration
    private var teardown: Teardown
    private var tree: (any ProcessTree)?
    private var slice: (any ResourceSlice)?
    private(set) var outputs: JobOutputs?
    private var watch: ReadinessWatch?
    private var healthWatch: HealthWatch?
    private var notifyChannel: NotifyChannel?
    /// Until its end: to close it is to hang up.
    private var terminal: TerminalPair?
    private var stopCommand: RunningCommand?
    private var timer: TimerQueue.ID?
    /// Until the main process is reaped: what is said of one that outlives every kill.
    private var status = ExitStatus.signaled(.kill)
    private var leftBehind: [ProcessSummary] = []
    private var processesSeen: Set<Int32> = []
    private var lastOutput: Duration
    /// A step of the ladder was taken, and nothing has been said yet of what withstands it.
    private var owesDossier = false

    /// Starts the process, with its output going to the job's log.
    init(_ job: JobID, number: Int, driver: Driver) throws(StartFailure) {
        self.job = job
        self.number = number
        self.driver = driver
        plan = driver.plan.jobs[job.index]
        teardown = Teardown(ladder: plan.stop, leaks: plan.leaks)
        startTime = driver.now
        lastOutput = startTime
        try start()
    }

    private func start() throws(StartFailure) {
        let terminal = try driver.terminal(for: job, plan)
        let outputs: JobOutputs
        do throws(SystemError) {
            outputs = try driver.outputs(for: job, plan, terminal) { [unowned self] in output($0, $1) }
        } catch {
            throw StartFailure(openingLog: error)
        }
        notifyChannel = try Self.notifyChannel(plan.readiness)
        let input = try driver.input(for: plan)
        var request = driver.request(for: job, plan, outputs, terminal)
        notifyChannel?.offer(to: &request)
        if let input { request.standardInput = input.number }
        slice = try driver.slice(for: job, plan, attempt: number)
        do throws(SpawnError) {
            let host: any TreeHost = slice ?? driver.containment
            let tree = try withExtendedLifetime(input) { () throws(SpawnError) in
                try host.spawn(request) { [unowned self] event in observe(event) }
            }
            self.tree = tree
            processID = tree.mainProcess
            processesSeen = [processID]
        } catch {
            slice?.release()
            throw StartFailure(error, of: plan)
        }
        notifyChannel?.begin()
        self.outputs = outputs
        self.terminal = terminal
        for capture in outputs.captures { driver.noteFaults(capture.begin) }
    }

    /// Begins the probes; to be called once, when the start has been told.
    func awaitReadiness() {
        guard !plan.readiness.probes.isEmpty else { return }
        let loop = driver.probeLoop(for: self, notifyChannel: notifyChannel)
        let watch = ReadinessWatch(plan.readiness, loop: loop) { [unowned self] outcome in
            switch outcome {
            case .ready: driver.feed(.ready(job, after: driver.now - startTime))
            case .failed(let times): driver.feed(.probeFailed(job, times: times))
            case .taken(let port, let holder): driver.feed(.portTaken(job, port, by: holder))
            }
        }
        self.watch = watch
        watch.begin()
    }

    /// What the readiness probes have come to so far.
    var probes: [ProbeSummary] { watch?.summary ?? [] }

    /// The live processes of its tree.
    var members: [Int32] { memberSummaries.map(\.processID) }

    var memberSummaries: [ProcessSummary] {
        tree?.members().map(ProcessSummary.init) ?? []
    }

    private static func notifyChannel(_ readiness: Readiness) throws(StartFailure) -> NotifyChannel? {
        do throws(SystemError) {
            return try NotifyChannel(readiness)
        } catch {
            throw StartFailure(openingNotifyChannel: error)
        }
    }

    /// Begins to look after its health; to be called once, when the start has been told.
    func watchHealth() {
        guard let check = plan.health else { return }
        let loop = driver.probeLoop(for: self, notifyChannel: nil)
        let watch = HealthWatch(check, loop: loop) { [unowned self] health, probes in
            switch health {
            case .healthy: driver.feed(.healthy(job))
            case .unhealthy: driver.feed(.unhealthy(job, probes))
            }
        }
        healthWatch = watch
        watch.begin()
    }

    func stop() {
        healthWatch?.cancel()
        feed(.stop)
    }

    func kill() {
        healthWatch?.cancel()
        owesDossier = false
        feed(.kill)
    }

    /// Passes a signal on to the main process; to who has a terminal, the size of the window rather than SIGWINCH.
    func forward(_ signal: SignalNumber) {
        if signal == .winch, let terminal {
            let size = driver.console.terminalSize(of: job)
            return driver.noteFaults { () throws(SystemError) in try terminal.resize(to: size) }
        }
        driver.noteFaults { () throws(SystemError) in try tree?.signal(signal.rawValue, to: .main) }
    }

    /// How long it has written nothing.
    var silence: Duration { driver.now - lastOutput }

    private var captures: [OutputCapture] { outputs?.captures ?? [] }

    /// Leaves output in the pipes for a while.
    func pauseOutput() {
        for capture in captures { capture.pause() }
    }

    func resumeOutput() {
        for capture in captures { driver.noteFaults(capture.resume) }
    }

    private func observe(_ event: TreeEvent) {
        switch event {
        case .mainExited(let status, _, let treeIsEmpty):
            self.status = ExitStatus(status)
            watch?.cancel()
            healthWatch?.cancel()
            driver.report(.jobExited(job, attempt: number, self.status))
            feed(.mainExited(treeIsEmpty: treeIsEmpty))
        case .emptied:
            feed(.emptied)
        case .escaped(let members):
            let processes = members.map(ProcessSummary.init)
            processesSeen.formUnion(processes.map(\.processID))
            driver.report(.jobEscaped(job, attempt: number, processes))
        }
    }

    private func output(_ chunk: Span<UInt8>, _ stream: OutputStreamChoice) {
        if plan.idleTimeout != nil { lastOutput = driver.now }
        driver.show(chunk, of: job, stream)
        watch?.output(chunk, from: stream)
    }
}

/// The end of the attempt.
extension Attempt {
    private func feed(_ input: TeardownInput) {
        for action in teardown.handle(input) { perform(action) }
    }

    private func perform(_ action: TeardownAction) {
        switch action {
        case .ask(let step):
            noteMembers()
            owesDossier = true
            driver.report(.jobStopStep(job, attempt: number, step))
            take(step)
        case .killTree:
            if owesDossier { reportDossier() }
            owesDossier = false
            driver.report(.jobKilling(job, attempt: number))
            driver.noteFaults { () throws(SystemError) in try tree?.kill() }
        case .listLeftBehind:
            leftBehind = noteMembers()
            if !leftBehind.isEmpty { driver.report(.jobLeftBehind(job, attempt: number, leftBehind, plan.leaks)) }
        case .arm(let duration):
            disarm()
            timer = driver.after(duration) { [unowned self] in feed(.timer) }
        case .disarm:
            disarm()
        case .drain(let end):
            finish(end)
        }
    }

    private func take(_ step: StopStep) {
        switch step {
        case .signal(let signal, to: let target, wait: _):
            let target = target == .main ? TreeTarget.main : .tree
            driver.noteFaults { () throws(SystemError) in
                try tree?.signal(signal.rawValue, to: target)
                // A process that is stopped acts on nothing until it is continued.
                try tree?.signal(SignalNumber.cont.rawValue, to: target)
            }
        case .command(let arguments, wait: _):
            stopCommand = driver.run(arguments, beside: job) { [weak self] _, _ in self?.stopCommand = nil }
        }
    }

    @discardableResult
    private func noteMembers() -> [ProcessSummary] {
        let members = memberSummaries
        processesSeen.formUnion(members.map(\.processID))
        return members
    }

    private func disarm() {
        if let timer { driver.cancel(timer) }
        timer = nil
    }

    private func finish(_ end: TreeEnd) {
        disarm()
        watch?.cancel()
        stopCommand?.stop()
        for capture in captures { capture.drain() }
        let usage = tree?.usage() ?? ResourceUsage()
        let survivors = end == .abandoned ? noteMembers().count : 0
        let limits = slice.map { LimitReceipt($0.report()) }
        tree?.release()
        tree = nil
        slice?.release()
        slice = nil
        terminal = nil
        let receipt = TreeReceipt(
            end: end,
            processesSeen: processesSeen.count,
            survivors: survivors,
            cpuTime: usage.cpuTime,
            peakMemory: usage.peakMemory,
            bytesRead: usage.storage.read,
            bytesWritten: usage.storage.written,
            limits: limits
        )
        driver.ended(self, AttemptEnding(status: status, leftBehind: leftBehind, receipt: receipt))
    }
}

extension ExitStatus {
    fileprivate init(_ status: ProcessStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let number, _): self = SignalNumber(rawValue: number).map { .signaled($0) } ?? .exited(128)
        }
    }
}

extension ProcessSummary {
    fileprivate init(_ member: MemberProcess) { self.init(processID: member.processID, command: member.command) }
}
