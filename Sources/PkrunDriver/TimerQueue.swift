/// What is to be done at which time; a binary heap, the earliest on top.
///
/// Cancelling takes the work out at once and leaves the heap's entry to be passed over when its time comes.
package struct TimerQueue {
    package struct ID: Hashable {
        fileprivate let number: UInt64
    }

    private struct Entry {
        let deadline: Duration
        let id: ID
    }

    private var heap: [Entry] = []
    private var work: [ID: () -> Void] = [:]
    private var nextNumber: UInt64 = 0

    package init() {}

    /// When the next timer runs out, on the clock that `schedule` was told.
    /// - Complexity: O(1), and O(log n) for each cancelled timer that is met.
    package mutating func nextDeadline() -> Duration? {
        while let top = heap.first, work[top.id] == nil { removeTop() }
        return heap.first?.deadline
    }

    /// - Complexity: O(log n)
    package mutating func schedule(at deadline: Duration, _ body: @escaping () -> Void) -> ID {
        let id = ID(number: nextNumber)
        nextNumber += 1
        work[id] = body
        heap.append(Entry(deadline: deadline, id: id))
        siftUp(from: heap.count - 1)
        return id
    }

    package mutating func cancel(_ id: ID) {
        work[id] = nil
    }

    /// Takes out the earliest timer whose time has come.
    package mutating func popDue(now: Duration) -> (() -> Void)? {
        guard let deadline = nextDeadline(), deadline <= now, let top = heap.first else { return nil }
        removeTop()
        return work.removeValue(forKey: top.id)
    }

    /// Timers of the same deadline run in the order in which they were set.
    private func isEarlier(_ left: Int, _ right: Int) -> Bool {
        (heap[left].deadline, heap[left].id.number) < (heap[right].deadline, heap[right].id.number)
    }

    private mutating func removeTop() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown()
    }

    private mutating func siftUp(from index: Int) {
        var child = index
        while child > 0, isEarlier(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var earliest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isEarlier(child, earliest) {
                earliest = child
            }
            if earliest == parent { return }
            heap.swapAt(parent, earliest)
            parent = earliest
        }
    }
}
