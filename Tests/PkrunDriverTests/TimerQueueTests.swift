import PkrunDriver
import PkrunTestSupport
import Testing

@Suite struct TimerQueueTests {
    @Test func `timers run in the order of their deadlines, then in the order in which they were set`() {
        var queue = TimerQueue()
        var ran: [String] = []
        for (name, deadline) in [("c", 3), ("a", 1), ("b1", 2), ("b2", 2)] {
            _ = queue.schedule(at: .seconds(deadline)) { ran.append(name) }
        }
        while let work = queue.popDue(now: .seconds(2)) { work() }
        #expect(ran == ["a", "b1", "b2"])
        #expect(queue.nextDeadline() == .seconds(3))
    }

    @Test func `a cancelled timer neither runs nor wakes anybody`() {
        var queue = TimerQueue()
        let first = queue.schedule(at: .seconds(1)) { Issue.record("ran although cancelled") }
        _ = queue.schedule(at: .seconds(2)) {}
        queue.cancel(first)
        #expect(queue.nextDeadline() == .seconds(2))
        #expect(queue.popDue(now: .seconds(1)) == nil)
    }

    @Test(arguments: 0..<20) func `any mixture behaves like a sorted list`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var queue = TimerQueue()
        var expected: [(deadline: Int, id: TimerQueue.ID, number: Int)] = []
        var ran: [Int] = []
        var now = 0
        for number in 0..<300 {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0, 1:
                let deadline = now + Int.random(in: 0..<50, using: &generator)
                let id = queue.schedule(at: .seconds(deadline)) { ran.append(number) }
                expected.append((deadline, id, number))
            case 2:
                guard let index = expected.indices.randomElement(using: &generator) else { continue }
                queue.cancel(expected.remove(at: index).id)
            default:
                now += Int.random(in: 0..<20, using: &generator)
                let due = expected.filter { $0.deadline <= now }.sorted {
                    ($0.deadline, $0.number) < ($1.deadline, $1.number)
                }
                expected.removeAll { $0.deadline <= now }
                ran = []
                while let work = queue.popDue(now: .seconds(now)) { work() }
                #expect(ran == due.map(\.number))
            }
        }
    }
}
