/// A clock that stands still until the next event that was planned is taken: a time without waiting.
package struct ManualClock<Event> {
    package private(set) var now = Duration.zero
    private var heap: [Entry] = []
    private var planned = 0

    private struct Entry {
        let time: Duration
        /// Events of the same time come in the order in which they were planned.
        let order: Int
        let event: Event

        func isBefore(_ other: Entry) -> Bool {
            time == other.time ? order < other.order : time < other.time
        }
    }

    package init() {}

    package mutating func plan(_ event: Event, after delay: Duration = .zero) {
        heap.append(Entry(time: now + delay, order: planned, event: event))
        planned += 1
        var index = heap.count - 1
        while index > 0, heap[index].isBefore(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes the earliest event and moves the time on to it.
    package mutating func next() -> Event? {
        guard let earliest = heap.first, let last = heap.popLast() else { return nil }
        now = earliest.time
        guard !heap.isEmpty else { return earliest.event }
        heap[0] = last
        var index = 0
        while true {
            var child = 2 * index + 1
            if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
            guard child < heap.count, heap[child].isBefore(heap[index]) else { break }
            heap.swapAt(index, child)
            index = child
        }
        return earliest.event
    }
}
