internal import PkrunPlan

/// Who holds which lock, and who waits for it.
///
/// A task takes all of its locks at once or none, so that no two tasks can wait for each other. One that finds a lock
/// taken is put aside with that lock. A lock that becomes free calls one task back; should that one not take it after
/// all, it calls the next. So no task is looked at more often than its locks change hands.
struct LockTable {
    /// By job: the locks that it needs.
    private let needs: [[Int]]
    private var locks: [Lock]

    private struct Lock {
        var isTaken = false
        var waiting = JobQueue()
    }

    init(plan: Plan) {
        var numbers: [String: Int] = [:]
        needs = plan.jobs.map { job in
            job.locks.map { name in
                let number = numbers[name] ?? numbers.count
                numbers[name] = number
                return number
            }
        }
        locks = Array(repeating: Lock(), count: numbers.count)
    }

    /// - Returns: false where one of the job's locks is taken; the job is called back when that is free.
    mutating func take(_ job: JobID) -> Bool {
        if let taken = needs[job.index].first(where: { locks[$0].isTaken }) {
            locks[taken].waiting.insert(job)
            return false
        }
        for lock in needs[job.index] { locks[lock].isTaken = true }
        return true
    }

    /// - Returns: the jobs that are called back.
    mutating func release(_ job: JobID) -> [JobID] {
        for lock in needs[job.index] { locks[lock].isTaken = false }
        return passOver(job)
    }

    /// The job was called, but does not start now.
    ///
    /// - Returns: those that are called in its place.
    mutating func passOver(_ job: JobID) -> [JobID] {
        needs[job.index].compactMap { lock in locks[lock].isTaken ? nil : locks[lock].waiting.removeFirst() }
    }
}
