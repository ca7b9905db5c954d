internal import PkrunContainment
internal import PkrunEvents
internal import PkrunPlan
internal import PkrunSystem
internal import PkrunTeardown

/// One tree from its start, or its adoption, to its end: carries out what its `Teardown` decides.
@ProcessThread
final class ContainedTree {
    nonisolated let output = OutputQueue()
    private(set) var processID: Int32 = 0
    private(set) var writer: InputWriter?
    /// Until its end: to close it is to hang up.
    private var terminal: TerminalPair?
    /// Known once nothing of the tree is alive.
    private(set) var result: ProcessResult?
    private(set) var wasKilled = false
    /// Of the ladder of its stop.
    private(set) var stepsTaken = 0

    private let group: GroupCore
    let grace: Duration
    private let leaks: LeakPolicy
    private var endHandlers: [(ProcessResult) -> Void] = []
    private var teardown: Teardown
    private var tree: (any ProcessTree)?
    /// Where the tree has limits of its own.
    private var slice: (any ResourceSlice)?
    private var pipes: [OutputPipe] = []
    private var timer: Task<Void, Never>?
    private var watchdogs: [Task<Void, Never>] = []
    private var lastOutput = MonotonicClock.now
    private var isSuspended = false
    private var status = ExitStatus.exited(0)
    private var reason: EndReason?
    private var leftBehind: [Member] = []
    private var escaped: [Member] = []

    init(grace: Duration, leaks: LeakPolicy, group: GroupCore) {
        self.grace = grace
        self.group = group
        self.leaks = leaks
        teardown = Teardown(ladder: [], leaks: leaks == .wait ? .wait : .kill)
    }

    /// Takes over a tree that has just been made, with its observer being `observe`.
    func begin(
        _ tree: any ProcessTree,
        in slice: (any ResourceSlice)? = nil,
        terminal: TerminalPair? = nil,
        pipes: [OutputPipe] = [],
        writer: InputWriter? = nil
    ) {
        self.tree = tree
        self.slice = slice
        self.terminal = terminal
        self.pipes = pipes
        self.writer = writer
        processID = tree.mainProcess
        for pipe in pipes { pipe.resume() }
        if pipes.isEmpty { output.finish() }
    }

    /// As `begin`, of a tree whose main process is somebody else's to reap.
    func beginAdopted(_ tree: any ProcessTree) {
        begin(tree)
        feed(.mainExited(treeIsEmpty: false))
    }

    func watch(timeout: Duration?, idleTimeout: Duration?) {
        if let timeout {
            watchdogs.append(
                Task { [weak self] in
                    try? await Task.sleep(for: timeout)
                    if !Task.isCancelled { self?.stop(.timedOut) }
                }
            )
        }
        if let idleTimeout { watchdogs.append(Task { [weak self] in await self?.watchSilence(idleTimeout) }) }
    }

    private func watchSilence(_ limit: Duration) async {
        lastOutput = MonotonicClock.now
        while !Task.isCancelled {
            let rest = lastOutput + limit - MonotonicClock.now
            guard rest > .zero else { return stop(.idle) }
            try? await Task.sleep(for: rest)
        }
    }

    func noteOutput() { lastOutput = MonotonicClock.now }

    func resumeReading() {
        guard result == nil else { return }
        for pipe in pipes { pipe.resume() }
    }

    func observe(_ event: TreeEvent) {
        switch event {
        case .mainExited(let status, _, let treeIsEmpty):
            self.status = ExitStatus(status)
            feed(.mainExited(treeIsEmpty: treeIsEmpty))
        case .emptied:
            feed(.emptied)
        case .escaped(let processes):
            escaped += processes.map(Member.init)
        }
    }
}

/// What is asked of it.
extension ContainedTree {
    func signal(_ signal: Signal, to target: TreeTarget) throws(SystemError) {
        try tree?.signal(signal.rawValue, to: target)
    }

    func send(_ signal: Signal, toMainAlone: Bool = false) throws(ProcessError) {
        try converting { () throws(SystemError) in try self.signal(signal, to: toMainAlone ? .main : .tree) }
    }

    func suspend() throws(SystemError) {
        try tree?.suspend()
        isSuspended = true
    }

    func resume() throws(SystemError) {
        isSuspended = false
        try tree?.resume()
    }

    func resizeTerminal(to size: TerminalSize) throws(ProcessError) {
        guard let terminal else { throw .noTerminal }
        try converting { () throws(SystemError) in try terminal.resize(to: size) }
    }

    func members() -> [Member] { (tree?.members() ?? []).map(Member.init) }

    func statistics() -> Statistics { tree.map { Statistics($0.statistics()) } ?? result?.statistics ?? .none }

    func limitReport() -> LimitReport? { (slice?.report()).map(LimitReport.init) ?? result?.limitReport }

    /// Sends SIGTERM to all, and leaves the rest to them.
    func ask() {
        reason = reason ?? .stopped
        stepsTaken += 1
        try? signal(.terminate, to: .tree)
        wake()
    }

    /// What stands still cannot act on a signal, whether the group has stopped it or its terminal, for SIGTTIN or
    /// SIGTTOU.
    private func wake() {
        try? signal(.continue, to: .tree)
        if isSuspended { try? resume() }
    }

    /// Takes the steps, one after the other, and kills what is left; without any, sends SIGTERM to all.
    func stop(_ reason: EndReason, _ ladder: [StopStep]? = nil) {
        self.reason = self.reason ?? reason
        teardown.ladder = (ladder ?? [StopStep(.terminate, wait: grace)]).map(PkrunPlan.StopStep.init)
        feed(.stop)
    }

    func kill(_ reason: EndReason) {
        self.reason = self.reason ?? reason
        feed(.kill)
    }

    /// Calls `handler` once nothing of the tree is alive.
    func whenEnded(_ handler: @escaping (ProcessResult) -> Void) {
        if let result { handler(result) } else { endHandlers.append(handler) }
    }

    func end() async -> ProcessResult {
        await withCheckedContinuation { continuation in whenEnded { continuation.resume(returning: $0) } }
    }

    /// As `end`, for a task whose cancellation stops the tree.
    /// - Throws: `cancelled`, once the tree has ended.
    func outcome() async throws(ProcessError) -> ProcessResult {
        let result = await withTaskCancellationHandler {
            await end()
        } onCancel: {
            Task { await stop(.cancelled) }
        }
        guard result.reason != .cancelled else { throw .cancelled }
        return result
    }

    /// - Returns: whether it has ended in time.
    func hasEnded(within limit: Duration) async -> Bool {
        let alarm = Task { try? await Task.sleep(for: limit) }
        whenEnded { _ in alarm.cancel() }
        await alarm.value
        return result != nil
    }
}

/// Its end.
extension ContainedTree {
    private func feed(_ input: TeardownInput) {
        for action in teardown.handle(input) { perform(action) }
    }

    private func perform(_ action: TeardownAction) {
        switch action {
        case .ask(.signal(let number, to: let target, wait: _)):
            stepsTaken += 1
            try? tree?.signal(number.rawValue, to: target == .main ? .main : .tree)
            wake()
        case .ask(.command):
            break
        case .killTree:
            wasKilled = true
            try? tree?.kill()
        case .listLeftBehind:
            leftBehind = members()
        case .arm(let duration):
            arm(duration)
        case .disarm:
            timer?.cancel()
        case .drain:
            finish()
        }
    }

    private func arm(_ duration: Duration) {
        timer?.cancel()
        timer = Task { [weak self] in
            try? await Task.sleep(for: duration)
            if !Task.isCancelled { self?.feed(.timer) }
        }
    }

    private func finish() {
        timer?.cancel()
        for watchdog in watchdogs { watchdog.cancel() }
        for pipe in pipes { pipe.drain() }
        output.finish()
        writer?.close()
        terminal = nil
        let result = ProcessResult(
            status: status,
            reason: reason ?? (leaks == .fail && !leftBehind.isEmpty ? .leftBehind : .byItself),
            leftBehind: leftBehind,
            escaped: escaped,
            statistics: statistics(),
            limitReport: limitReport()
        )
        self.result = result
        tree?.release()
        tree = nil
        slice?.release()
        slice = nil
        group.forget(self)
        for handler in endHandlers { handler(result) }
        endHandlers = []
    }
}
