internal import PkrunPlan

/// Who holds which lock, and who waits for it.
///
/// A task takes all of its locks at once or none, so that no two tasks can wait for each other. One that finds a lock
/// taken is put aside with that lock. A lock that becomes free calls one task back; should that one not take it after
/// all, it calls the next. So no task is looked at more often than its locks change hands.
struct LockTable: Hashable {
    /// By job: the locks that it needs, and those that it has taken.
    private var needs: [[Int]] = []
    private var held: [[Int]] = []
    private var numbers: [String: Int] = [:]
    private var locks: [Lock] = []

    private struct Lock: Hashable {
        var isTaken = false
        var waiting = JobQueue()
    }

    init(plan: Plan) { replan(plan) }

    /// Another plan holds from now on. What is taken stays so; nobody waits any more.
    mutating func replan(_ plan: Plan) {
        needs = plan.jobs.map { job in
            job.locks.map { name in
                let number = numbers[name] ?? numbers.count
                numbers[name] = number
                return number
            }
        }
        held += Array(repeating: [], count: needs.count - held.count)
        for index in locks.indices { locks[index].waiting = JobQueue() }
        locks += Array(repeating: Lock(), count: numbers.count - locks.count)
    }

    /// - Returns: false where one of the job's locks is taken; the job is called back when that is free.
    mutating func take(_ job: JobID) -> Bool {
        if let taken = needs[job.index].first(where: { locks[$0].isTaken }) {
            locks[taken].waiting.insert(job)
            return false
        }
        for lock in needs[job.index] { locks[lock].isTaken = true }
        held[job.index] = needs[job.index]
        return true
    }

    /// - Returns: the jobs that are called back.
    mutating func release(_ job: JobID) -> [JobID] {
        let released = held[job.index]
        held[job.index] = []
        for lock in released { locks[lock].isTaken = false }
        return callBack(released)
    }

    /// The job was called, but does not start now.
    ///
    /// - Returns: those that are called in its place.
    mutating func passOver(_ job: JobID) -> [JobID] {
        callBack(needs[job.index])
    }

    private mutating func callBack(_ numbers: [Int]) -> [JobID] {
        numbers.compactMap { lock in locks[lock].isTaken ? nil : locks[lock].waiting.removeFirst() }
    }
}
