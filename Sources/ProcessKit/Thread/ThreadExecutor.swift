internal import PkrunSystem
internal import Synchronization

/// Runs jobs on a thread that also waits for descriptors: those of an actor, and those of tasks that prefer it.
final class ThreadExecutor: SerialExecutor, TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        /// Whether the thread has found none, and waits.
        var isIdle = false
    }

    private let state = Mutex(State())
    private let wakeUp: WakeUp
    private let thread = Atomic<UInt>(0)
    /// For the thread alone.
    private nonisolated(unsafe) let ownReactor: Reactor

    init() throws(SystemError) {
        let wakeUp = try WakeUp()
        let reactor = try Reactor()
        // For good.
        _ = try reactor.register(wakeUp.descriptor, .read) { wakeUp.take() }
        self.wakeUp = wakeUp
        unsafe ownReactor = reactor
    }

    var reactor: Reactor {
        checkIsolated()
        return unsafe ownReactor
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let wasIdle = state.withLock { state in
            state.jobs.append(job)
            defer { state.isIdle = false }
            return state.isIdle
        }
        // The thread itself looks for more before it waits.
        if wasIdle, !isCurrent { wakeUp.send() }
    }

    func checkIsolated() {
        precondition(isCurrent, "not on the thread of ProcessKit")
    }

    var isCurrent: Bool { SystemThread.current == thread.load(ordering: .relaxed) }

    /// Makes the calling thread the one.
    func run() {
        thread.store(SystemThread.current, ordering: .relaxed)
        var batch: [UnownedJob] = []
        while true {
            while runJobs(&batch) {}
            do {
                try reactor.wait(timeout: nil)
            } catch {
                preconditionFailure("ProcessKit cannot wait: \(error)")
            }
        }
    }

    /// - Parameter batch: empty; changes places with the list of jobs, so that neither is made anew.
    /// - Returns: whether there were any, which may have made more.
    private func runJobs(_ batch: inout [UnownedJob]) -> Bool {
        state.withLock { state in
            swap(&state.jobs, &batch)
            state.isIdle = batch.isEmpty
        }
        defer { batch.removeAll(keepingCapacity: true) }
        for job in batch {
            unsafe job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(),
                taskExecutor: asUnownedTaskExecutor()
            )
        }
        return !batch.isEmpty
    }
}
