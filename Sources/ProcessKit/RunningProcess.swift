internal import PkrunSystem

/// A process that was started, and its tree.
///
/// One that was started by ``Command/start(demanding:)`` is killed with its tree when the last reference goes; one of a
/// ``ProcessGroup`` lives as long as the group.
public final class RunningProcess: Sendable {
    /// Of the process that was started. Once that has ended, the number may become another's.
    public let processID: Int32

    let reader: OutputReader
    private let tree: ContainedTree
    private let ownGroup: ProcessGroup?

    @ProcessThread
    init(_ tree: ContainedTree, ownGroup: ProcessGroup? = nil) {
        self.tree = tree
        self.ownGroup = ownGroup
        processID = tree.processID
        reader = OutputReader(tree)
    }

    /// What it writes to captured streams, line by line.
    public var lines: OutputLines { OutputLines(process: self) }

    /// Whether nothing of its tree is alive.
    public var hasEnded: Bool {
        get async { await tree.result != nil }
    }

    /// Waits until nothing of its tree is alive.
    ///
    /// Captured output has to be read meanwhile where there is much of it. Cancelling the waiting task stops the tree.
    /// - Throws: ``ProcessError/cancelled``, once the tree has ended.
    public func result() async throws(ProcessError) -> ProcessResult {
        try await ProcessThread.wait { () throws(ProcessError) in try await tree.outcome() }
    }

    /// Gives it bytes to read, or types them on its terminal. Returns when they are in the pipe; one call at a time.
    /// - Throws: ``ProcessError/inputClosed`` where it does not read from here, or no more.
    public func write(_ bytes: [UInt8]) async throws(ProcessError) {
        guard let writer = await tree.writer else { throw .inputClosed }
        try await writer.write(bytes)
    }

    /// Gives it text to read, as UTF-8.
    public func write(_ text: String) async throws(ProcessError) {
        try await write(Array(text.utf8))
    }

    /// Lets it read the end of its input. On a terminal that is Ctrl-D, and nothing more can be typed.
    public func closeInput() async {
        await tree.writer?.close()
    }

    /// Gives the window of its terminal another size, of which SIGWINCH tells the foreground.
    /// - Throws: ``ProcessError/noTerminal``
    public func resizeTerminal(rows: UInt16, columns: UInt16) async throws(ProcessError) {
        try await tree.resizeTerminal(to: TerminalSize(rows: rows, columns: columns))
    }

    /// Sends a signal to every process of the tree.
    public func signal(_ signal: Signal) async throws(ProcessError) {
        try await tree.send(signal)
    }

    /// Sends a signal to the process that was started, alone. One that has ended is no error.
    public func signalMain(_ signal: Signal) async throws(ProcessError) {
        try await tree.send(signal, toMainAlone: true)
    }

    /// Every living process of the tree, the one that was started first.
    public func members() async -> [Member] {
        await tree.members()
    }

    /// What the tree has used and holds, also after its end.
    public func statistics() async -> Statistics {
        await tree.statistics()
    }

    /// What ``Command/resourceLimits`` have done so far, also after its end; `nil` where it has none.
    public func limitReport() async -> LimitReport? {
        await tree.limitReport()
    }

    /// Sends SIGTERM to the tree and waits until nothing is left of it.
    ///
    /// - Parameters:
    ///   - grace: how long to wait; `nil`: as long as the command says.
    ///   - escalate: whether what is left then is killed; if not, it lives on.
    @discardableResult
    public func stop(grace: Duration? = nil, escalate: Bool = true) async -> StopReport {
        await ProcessThread.wait { await [tree].stop(grace: grace ?? tree.grace, escalate: escalate) }
    }

    /// Takes one step after the other until nothing of the tree is left, and kills what is left after the last.
    ///
    /// PostgreSQL, say, ends its sessions on SIGINT and waits for them on SIGTERM:
    /// `[StopStep(.interrupt, toMainAlone: true, wait: .seconds(5)), StopStep(.terminate, wait: .seconds(5))]`.
    @discardableResult
    public func stop(ladder: [StopStep]) async -> StopReport {
        await ProcessThread.wait { await [tree].stop(ladder) }
    }

    /// Kills the tree; returns when it is dead.
    public func kill() async {
        await ProcessThread.wait {
            tree.kill(.killed)
            _ = await tree.end()
        }
    }
}
