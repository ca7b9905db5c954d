internal import PkrunSystem
internal import Synchronization
internal import Testing

/// A thread beside those of the runtime, and how it is woken.
@Suite struct SystemThreadTests {
    private final class Shared: Sendable {
        let wakeUp: WakeUp
        let signalMask = Mutex("")
        let thread = Mutex(UInt(0))

        init() throws { wakeUp = try WakeUp() }
    }

    @Test("It takes no signal, and one wake-up is enough for any number")
    func wakesAReactor() throws {
        let shared = try Shared()
        let reactor = try Reactor()
        var wakeUps = 0
        let registration = try reactor.register(shared.wakeUp.descriptor, .read) {
            shared.wakeUp.take()
            wakeUps += 1
        }
        try SystemThread.start {
            let status = (try? FileSystem.contents(of: "/proc/thread-self/status")) ?? []
            let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
            shared.signalMask.withLock { $0 = lines.first { $0.hasPrefix("SigBlk:") }.map(String.init) ?? "" }
            shared.thread.withLock { $0 = SystemThread.current }
            for _ in 0..<3 { shared.wakeUp.send() }
        }
        while shared.thread.withLock({ $0 }) == 0 || wakeUps == 0 { try reactor.wait(timeout: .seconds(60)) }
        #expect(shared.thread.withLock { $0 } != SystemThread.current)
        // All but SIGKILL, SIGSTOP and the two that the C library keeps to itself.
        #expect(shared.signalMask.withLock { $0 } == "SigBlk:\tfffffffe7ffbfeff")
        reactor.cancel(registration)
    }
}
