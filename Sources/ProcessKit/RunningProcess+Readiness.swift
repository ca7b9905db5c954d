internal import PkrunSystem

/// Waiting until a process is ready. Whatever the answer, the process goes on.
///
/// All of these throw ``ProcessError/notReady(_:)`` where the time is over or the tree has ended before, and
/// ``ProcessError/cancelled`` where the waiting task is cancelled. They hold under every ``Mechanism`` alike, and none
/// of them asks whether it is this process that answers.
extension RunningProcess {
    /// Reads its lines up to the one that is looked for.
    ///
    /// The lines before it are taken; those after it can be read on.
    @discardableResult
    public func waitForLine(
        within limit: Duration,
        where isWanted: @escaping @Sendable (OutputLine) -> Bool
    ) async throws(ProcessError) -> OutputLine {
        try await search(within: limit) { [reader] in
            while let line = await reader.nextLine() {
                if isWanted(line) { return line }
            }
            return nil
        }
    }

    /// Waits until a TCP connection can be made.
    ///
    /// - Parameter host: a numeric address; names are not looked up.
    public func waitForPort(
        _ port: UInt16,
        host: String = "127.0.0.1",
        within limit: Duration
    ) async throws(ProcessError) {
        try await waitFor(within: limit) {
            await SocketProbe.outcome(of: .tcp(host: host, port: port)) == .connected
        }
    }

    /// Waits until somebody accepts connections to a Unix-domain stream socket. A file that a dead server has left
    /// behind is not enough.
    public func waitForSocket(_ path: String, within limit: Duration) async throws(ProcessError) {
        try await waitFor(within: limit) { await SocketProbe.outcome(of: .unix(path: path)) == .connected }
    }

    /// Waits until an HTTP/1 server answers a GET with a status that will do. Redirections are not followed.
    ///
    /// - Parameters:
    ///   - path: with the query, beginning with a slash.
    ///   - host: a numeric address; names are not looked up.
    ///   - limit: for all tries together; one that gets no answer takes no longer than this.
    public func waitForHTTP(
        _ path: String = "/",
        port: UInt16,
        host: String = "127.0.0.1",
        status: ClosedRange<Int> = 200...399,
        within limit: Duration
    ) async throws(ProcessError) {
        let authority = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let request = HTTPRequest.get(path, from: authority)
        try await waitFor(within: limit) {
            let outcome = await SocketProbe.outcome(of: .tcp(host: host, port: port), request: request)
            guard case .answered(let answer) = outcome else { return false }
            return status.contains(answer)
        }
    }

    /// Waits until there is a file, or anything else, of that name.
    public func waitForPath(_ path: String, within limit: Duration) async throws(ProcessError) {
        try await waitFor(within: limit) { (try? FileStatus(of: path)) != nil }
    }

    /// Asks again and again, at least once, until the answer is yes.
    ///
    /// - Parameters:
    ///   - interval: the pause between two questions.
    ///   - isReady: its task is cancelled when the time is over; an answer is waited for all the same.
    public func waitFor(
        within limit: Duration,
        every interval: Duration = .milliseconds(20),
        _ isReady: @escaping @Sendable () async -> Bool
    ) async throws(ProcessError) {
        _ = try await search(within: limit) { [self] in
            while true {
                if await isReady() { return true }
                guard !Task.isCancelled, await !hasEnded else { return nil }
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// - Parameter body: finds nothing where it is cancelled, and where there is nothing to be found any more.
    private func search<Found: Sendable>(
        within limit: Duration,
        _ body: @escaping @Sendable () async -> Found?
    ) async throws(ProcessError) -> Found {
        let search = Task { await body() }
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
}
