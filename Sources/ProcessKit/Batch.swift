/// Commands of which so many run at the same time.
public struct Batch: Sendable {
    /// In the order in which they are started.
    public var commands: [Command]
    /// So many run at once, at least one.
    public var concurrency: Int

    /// - Parameter concurrency: so many run at once, at least one.
    public init(_ commands: [Command], concurrency: Int) {
        self.commands = commands
        self.concurrency = concurrency
    }

    /// Runs all of them, each to the end of its tree and in a container of its own, and takes what they write.
    ///
    /// What becomes of one is nothing to the others. Cancelling the task stops those that run and starts no more; what
    /// had ended before is kept.
    /// - Returns: for each command, in their order, what ``Command/output(demanding:)`` would have come to:
    ///   ``ProcessError/cancelled`` also for one that was not started any more.
    /// - Throws: ``ProcessError/containmentUnavailable(_:)``: then none is started.
    public func outputs(
        demanding mechanism: Mechanism? = nil
    ) async throws(ProcessError) -> [Result<CapturedOutput, ProcessError>] {
        let group = try await ProcessGroup(demanding: mechanism)
        return await withTaskGroup(of: (index: Int, result: Result<CapturedOutput, ProcessError>).self) { tasks in
            var results = [Result<CapturedOutput, ProcessError>](repeating: .failure(.cancelled), count: commands.count)
            var waiting = commands.enumerated().makeIterator()
            func startNext() {
                guard let (index, command) = waiting.next() else { return }
                _ = tasks.addTaskUnlessCancelled {
                    do throws(ProcessError) {
                        let output = try await ProcessThread.wait { () throws(ProcessError) in
                            try await group.core.run(command)
                        }
                        return (index, .success(output))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<max(concurrency, 1) { startNext() }
            while let (index, result) = await tasks.next() {
                results[index] = result
                startNext()
            }
            return results
        }
    }
}
