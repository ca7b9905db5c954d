internal import PkrunPlan

/// Jobs that are taken out in the order of the plan: a binary heap.
struct JobQueue: Hashable {
    private var heap: [JobID] = []

    var first: JobID? { heap.first }

    mutating func insert(_ job: JobID) {
        var hole = heap.count
        heap.append(job)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard job < heap[parent] else { break }
            heap[hole] = heap[parent]
            hole = parent
        }
        heap[hole] = job
    }

    mutating func removeFirst() -> JobID? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        var hole = 0
        while true {
            var child = 2 * hole + 1
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard child < heap.count, heap[child] < last else { break }
            heap[hole] = heap[child]
            hole = child
        }
        heap[hole] = last
        return first
    }
}
