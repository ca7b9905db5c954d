internal import PkrunSystem

/// The one thread on which the library starts, watches and ends processes.
///
/// It lives as long as the program: a guardian is bound to the thread that started it, and all that waits for processes
/// waits here.
@globalActor
actor ProcessThread {
    static let shared = ProcessThread()

    nonisolated let executor: ThreadExecutor

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Does on the thread what waits for the end of processes.
    ///
    /// Who has waited goes on where its task prefers to be, and changes to its actor from there. A task that does not
    /// prefer this thread would take a way over another one.
    static func wait<Result: Sendable, Failure>(
        _ body: @ProcessThread @Sendable () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        try await withTaskExecutorPreference(shared.executor) { () async throws(Failure) in try await body() }
    }

    /// What the thread waits with.
    @ProcessThread static var reactor: Reactor { shared.executor.reactor }

    /// A program that can have neither a thread nor two more descriptors ends here.
    private init() {
        do {
            let executor = try ThreadExecutor()
            try SystemThread.start { executor.run() }
            self.executor = executor
        } catch {
            preconditionFailure("ProcessKit cannot work: \(error)")
        }
    }
}
