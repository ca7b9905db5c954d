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
        try await ProcessThread.wait { () throws(ProcessError) in
            try await GroupCore(demanding: mechanism).run(self)
        }
    }

    /// As ``output(demanding:)``, again and again until the policy wants no further run.
    ///
    /// No run begins before the whole tree of the one before it is dead. Cancelling the task stops the run, or the
    /// pause.
    /// - Returns: what the last run has come to, be it a failure.
    /// - Throws: ``ProcessError/cancelled``, and what keeps the command from being started.
    public func output(
        retrying policy: RetryPolicy,
        demanding mechanism: Mechanism? = nil
    ) async throws(ProcessError) -> CapturedOutput {
        var retries = 0
        while true {
            let output = try await output(demanding: mechanism)
            guard retries + 1 < policy.attempts, policy.isWorthAnother(output) else { return output }
            try await policy.backoff.wait(before: retries)
            retries += 1
        }
    }

    /// Runs it and takes what it writes to standard output as text.
    /// - Throws: ``ProcessError/failed(_:standardError:)`` and ``ProcessError/timedOut`` too.
    public func text(demanding mechanism: Mechanism? = nil) async throws(ProcessError) -> String {
        try await output(demanding: mechanism).checked().text
    }
}
