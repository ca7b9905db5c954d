internal import PkrunSystem
internal import Synchronization

/// Runs jobs on a thread that also waits for descriptors: those of an actor, and those of tasks that prefer it.
final class ThreadExecutor: SerialExecutor, TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    /// The ones that are being run, for the thread alone: the two lists change places, so that neither is made anew.
    private nonisolated(unsafe) var batch: [UnownedJob] = []
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
        let isFirst = jobs.withLock { jobs in
            jobs.append(job)
            return jobs.count == 1
        }
        // The thread itself looks for more before it waits.
        if isFirst, !isCurrent { wakeUp.send() }
    }

    func checkIsolated() {
        precondition(isCurrent, "not on the thread of ProcessKit")
    }

    var isCurrent: Bool { SystemThread.current == thread.load(ordering: .relaxed) }

    /// Makes the calling thread the one.
    func run() {
        thread.store(SystemThread.current, ordering: .relaxed)
        while true {
            while runJobs() {}
            do {
                try reactor.wait(timeout: nil)
            } catch {
                preconditionFailure("ProcessKit cannot wait: \(error)")
            }
        }
    }

    /// - Returns: whether there were any, which may have made more.
    private func runJobs() -> Bool {
        jobs.withLock { jobs in unsafe swap(&jobs, &batch) }
        defer { unsafe batch.removeAll(keepingCapacity: true) }
        for job in unsafe batch {
            unsafe job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(),
                taskExecutor: asUnownedTaskExecutor()
            )
        }
        return unsafe !batch.isEmpty
    }
}
