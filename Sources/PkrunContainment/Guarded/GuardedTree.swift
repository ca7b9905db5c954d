internal import PkrunSystem

/// A tree below a guardian of its own.
final class GuardedTree: ProcessTree {
    private(set) var mainProcess: Int32 = 0

    private let containment: GuardedContainment
    private let guardian: Guardian
    private let channel: GuardianChannel
    /// The guardian as the reaper's charge, until it is gone.
    private var child: WatchedChild?
    /// For the case that the guardian dies first; what it has learned from the main process itself.
    private var main: ProcessDescriptor?
    /// What is dying without a guardian to reap it, and the one of them that is waited for.
    private var dying: [ProcessDescriptor] = []
    private var nextEnd: Reactor.Registration?
    private var isReleased = false
    private var reports: Reactor.Registration?
    private var life = TreeLife()
    private var observer: ((TreeEvent) -> Void)?
    private var mainUsage = ResourceUsage()
    /// What the whole tree has used, known when it is empty.
    private var finalUsage: ResourceUsage?
    /// How many processes would not be ended.
    private var refused = 0

    init(_ guardian: Guardian, _ channel: GuardianChannel, containment: GuardedContainment) {
        self.guardian = guardian
        self.channel = channel
        self.containment = containment
    }

    /// Waits until the main process runs its program or has failed to; watches it from then on.
    /// - Returns: the failure; the guardian is gone then.
    func start(
        _ request: SpawnRequest,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> SpawnError? {
        let child = try containment.reaper.watch(guardian.processID, guardian.descriptor) { [self] _ in guardianDied() }
        self.child = child
        let failure = hearOfStart(request)
        guard failure == nil, main != nil else {
            silence()
            // Nothing of it is left that could have become an orphan.
            mainProcess = 0
            containment.reaper.waitForExit(of: child)
            if failure == nil { throw SystemError("clone3", "guardian", errorNumber: ErrorNumber.noProcess) }
            return failure
        }
        reports = try containment.reactor.register(channel.number, .read) { [unowned self] in readReports() }
        self.observer = observer
        return nil
    }

    func signal(_ number: Int32, to target: TreeTarget) throws(SystemError) {
        guard !life.isEmpty else { return }
        switch target {
        case .main: try signalMain(number)
        case .tree: try signalTree(number)
        }
    }

    func suspend() throws(SystemError) {
        if !life.isEmpty { try signalTree(ProcessTermination.stop) }
    }

    func resume() throws(SystemError) {
        if !life.isEmpty { try signalTree(ProcessTermination.go) }
    }

    func kill() throws(SystemError) {
        guard !life.isEmpty else { return }
        channel.end()
    }

    func members() -> [MemberProcess] {
        life.isEmpty
            ? [] : MemberProcess.living(containment.sweep.descendants(of: guardian.processID), main: mainProcess)
    }

    func usage() -> ResourceUsage {
        finalUsage ?? usageSoFar()
    }

    func release() {
        silence()
        isReleased = true
        if child == nil { containment.forget(self) }
    }
}

extension GuardedTree {
    /// How long a guardian may take to start a process, or to end a tree; only a kernel that hangs needs more.
    private static let patience = Duration.seconds(60)

    /// No more than the birth is heard of where the first thing that the program did was to kill its guardian.
    private func hearOfStart(_ request: SpawnRequest) -> SpawnError? {
        while let report = channel.receive(timeout: Self.patience) {
            switch report {
            case .born(let processID, let descriptor): (mainProcess, main) = (processID, descriptor)
            case .failed(let step, let errorNumber): return request.error(at: step, errorNumber: errorNumber)
            case .started, .mainExited, .emptied, .refused: return nil
            }
        }
        return nil
    }

    /// Sends a signal while the guardian keeps the number of the main process from being used again.
    private func signalMain(_ number: Int32) throws(SystemError) {
        guard life.mainIsAlive, let descriptor = try? ProcessDescriptor(of: mainProcess),
            ProcessRecord(of: mainProcess)?.parentID == guardian.processID
        else { return }
        try descriptor.send(number)
    }

    private func signalTree(_ number: Int32) throws(SystemError) {
        let outcome = containment.sweep.signal(number, below: guardian.processID)
        guard outcome.refused == 0 else {
            throw SystemError(
                "pidfd_send_signal",
                "\(outcome.refused) processes",
                errorNumber: ErrorNumber.notPermitted
            )
        }
    }

    /// Everything that lives, and what the guardian has reaped.
    private func usageSoFar() -> ResourceUsage {
        let processes = containment.sweep.descendants(of: guardian.processID) + [guardian.processID]
        let ticks = processes.compactMap(ProcessRecord.init(of:)).reduce(0) { $0 + $1.clockTicks }
        let live = Duration.seconds(1) * Double(ticks) / Double(ProcessRecord.ticksPerSecond)
        return ResourceUsage(
            cpuTime: max(live, mainUsage.cpuTime),
            peakMemory: mainUsage.peakMemory,
            storage: StorageTraffic(of: guardian.processID) ?? mainUsage.storage
        )
    }
}

extension GuardedTree {
    private func readReports() {
        while let report = channel.receive() { handle(report) }
    }

    private func handle(_ report: GuardianReport) {
        switch report {
        case .mainExited(let exit, let treeIsEmpty):
            mainUsage = exit.usage
            tell(life.mainExited(exit, treeIsEmpty: treeIsEmpty))
        case .emptied(let usage):
            finalUsage = usage
            tell(life.emptied())
        case .refused(let count):
            refused = count
        case .born, .started, .failed:
            break
        }
    }

    /// Either its work is done, or somebody has killed it and the tree has become orphans: this process's own, or where
    /// that inherits none, somebody else's. Then what is still below the main process is found, and nothing else.
    private func guardianDied() {
        readReports()
        stopReading()
        child = nil
        if isReleased { containment.forget(self) }
        guard !life.isEmpty, mainProcess != 0 else { return }
        refused = containment.reaper.endOrphans()
        guard refused == 0 else { return }
        if life.mainIsAlive, let main { killAbandoned(main) }
        awaitDying()
    }

    /// The main process may live on without anybody who answers for it; then it is killed, with all below.
    private func killAbandoned(_ main: ProcessDescriptor) {
        // A stopped process cannot end, so that its number stays its own, and so do those of who is found below.
        guard (try? main.send(ProcessTermination.stop)) == true, ProcessRecord(of: mainProcess)?.isZombie == false
        else { return }
        let stopped = containment.sweep.signal(ProcessTermination.stop, below: mainProcess).members
        dying = [main] + stopped.compactMap { try? ProcessDescriptor(of: $0) }
        _ = containment.sweep.kill(below: mainProcess)
        _ = try? main.send(ProcessTermination.kill)
    }

    /// Waits for one after the other, then tells.
    private func awaitDying() {
        while let next = dying.last {
            nextEnd = try? containment.reactor.register(next.number, .read) { [unowned self] in
                stopAwaiting()
                dying.removeLast()
                awaitDying()
            }
            if nextEnd != nil { return }
            dying.removeLast()
        }
        tellOfEnd()
    }

    private func stopAwaiting() {
        if let nextEnd { containment.reactor.cancel(nextEnd) }
        nextEnd = nil
    }

    private func tellOfEnd() {
        if life.mainIsAlive {
            let exit = ProcessExit(
                processID: mainProcess,
                status: .signaled(number: ProcessTermination.kill, dumpedCore: false),
                usage: mainUsage
            )
            tell(life.mainExited(exit, treeIsEmpty: true))
        } else {
            tell(life.emptied())
        }
    }

    private var guardianHasEnded: Bool {
        ProcessRecord(of: guardian.processID)?.isZombie ?? true
    }

    private func tell(_ event: TreeEvent?) {
        if let event { observer?(event) }
    }

    private func stopReading() {
        if let reports { containment.reactor.cancel(reports) }
        reports = nil
    }

    private func silence() {
        observer = nil
        stopAwaiting()
        stopReading()
    }

    /// The containment ends the tree itself.
    func beginEnd() {
        silence()
        channel.end()
    }

    /// Waits until nothing is left, or nothing more can be done.
    /// - Returns: how many processes are left.
    func waitForEnd() -> Int {
        while !life.isEmpty, refused == 0, let report = channel.receive(timeout: Self.patience) { handle(report) }
        guard refused == 0 else { return refused }
        guard life.isEmpty || guardianHasEnded else { return members().count }
        if let child { containment.reaper.waitForExit(of: child) }
        return 0
    }
}
