internal import PkrunSystem

/// Waiting until a process is ready. Whatever the answer, the process goes on.
extension RunningProcess {
    /// Reads its lines up to the one that is looked for.
    ///
    /// The lines before it are taken; those after it can be read on.
    /// - Throws: ``ProcessError/notReady(_:)`` where the time is over or the output has come to its end;
    ///   ``ProcessError/cancelled``.
    @discardableResult
    public func waitForLine(
        within limit: Duration,
        where isWanted: @escaping @Sendable (OutputLine) -> Bool
    ) async throws(ProcessError) -> OutputLine {
        let search = Task { [reader] () -> OutputLine? in
            while let line = await reader.nextLine() {
                if isWanted(line) { return line }
            }
            return nil
        }
        let alarm = Task {
            try? await Task.sleep(for: limit)
            if !Task.isCancelled { search.cancel() }
        }
        defer { alarm.cancel() }
        let found = await withTaskCancellationHandler {
            await search.value
        } onCancel: {
            search.cancel()
        }
        if let found { return found }
        if Task.isCancelled { throw .cancelled }
        throw .notReady(search.isCancelled ? .timeout : .ended)
    }

    /// Waits until a TCP connection to a numeric address can be made.
    ///
    /// - Throws: ``ProcessError/notReady(_:)`` where the time is over or the tree has ended;
    ///   ``ProcessError/cancelled``.
    public func waitForPort(
        _ port: UInt16,
        host: String = "127.0.0.1",
        within limit: Duration
    ) async throws(ProcessError) {
        try await waitFor(within: limit) { await PortProbe.connects(to: host, port: port) }
    }

    /// Waits until there is a file, or anything else, of that name.
    ///
    /// - Throws: ``ProcessError/notReady(_:)`` where the time is over or the tree has ended;
    ///   ``ProcessError/cancelled``.
    public func waitForPath(_ path: String, within limit: Duration) async throws(ProcessError) {
        try await waitFor(within: limit) { (try? FileStatus(of: path)) != nil }
    }

    /// Asks again and again, until the answer is yes.
    ///
    /// - Parameter interval: the pause between two questions.
    /// - Throws: ``ProcessError/notReady(_:)`` where the time is over or the tree has ended;
    ///   ``ProcessError/cancelled``.
    public func waitFor(
        within limit: Duration,
        every interval: Duration = .milliseconds(20),
        _ isReady: @Sendable () async -> Bool
    ) async throws(ProcessError) {
        let deadline = ContinuousClock.now + limit
        while true {
            if await isReady() { return }
            guard !Task.isCancelled else { throw .cancelled }
            guard await !hasEnded else { throw .notReady(.ended) }
            guard ContinuousClock.now < deadline else { throw .notReady(.timeout) }
            try? await Task.sleep(for: interval)
        }
    }
}
