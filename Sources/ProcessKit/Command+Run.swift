extension Command {
    /// Starts it in a group of its own.
    public func start(demanding mechanism: Mechanism? = nil) async throws(ProcessError) -> RunningProcess {
        let group = try await ProcessGroup(demanding: mechanism)
        return await RunningProcess(try group.core.start(self), ownGroup: group)
    }

    /// Runs it to the end of its tree and takes what it writes. A failure or a timeout is no error here.
    ///
    /// Cancelling the task stops the tree.
    /// - Throws: ``ProcessError/cancelled``, and what keeps it from being started.
    public func output(demanding mechanism: Mechanism? = nil) async throws(ProcessError) -> CapturedOutput {
        let process = try await start(demanding: mechanism)
        let (output, error) = await process.reader.collect()
        return CapturedOutput(result: try await process.result(), standardOutput: output, standardError: error)
    }

    /// Runs it and takes what it writes to standard output as text.
    /// - Throws: ``ProcessError/failed(_:standardError:)`` and ``ProcessError/timedOut`` too.
    public func text(demanding mechanism: Mechanism? = nil) async throws(ProcessError) -> String {
        try await output(demanding: mechanism).checked().text
    }
}
