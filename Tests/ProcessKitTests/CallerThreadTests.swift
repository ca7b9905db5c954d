internal import PkrunSystem
import ProcessKit
internal import Synchronization
internal import Testing

/// The library's own thread is for the library alone.
@Suite struct CallerThreadTests {
    private static let isOver = Atomic(false)

    @Test("Whoever keeps his thread after a call holds up nobody")
    func blockingCaller() async throws {
        let (arrival, arrived) = AsyncStream<Void>.makeStream()
        let blocking = Task.detached {
            do {
                defer { arrived.finish() }
                _ = try await Command("true").output()
                let process = try await Command("true").start()
                _ = try await process.result()
                await process.kill()
            }
            let deadline = MonotonicClock.now + patience
            while !Self.isOver.load(ordering: .relaxed), MonotonicClock.now < deadline {
                MonotonicClock.sleep(for: .milliseconds(1))
            }
            return MonotonicClock.now < deadline
        }
        for await _ in arrival {}
        _ = try await Command("true").output()
        Self.isOver.store(true, ordering: .relaxed)
        #expect(try await blocking.value)
    }
}
