import Testing

@testable import PkrunSystem

@Suite struct ReactorTests {
    /// To epoll_wait(2) a negative number is a wait without end.
    @Test(arguments: [0, -1, -2500, -999_000, -1_000_000, -2_000_000])
    func whatIsOverdueIsNotWaitedFor(_ microseconds: Int) {
        #expect(Reactor.milliseconds(.microseconds(microseconds)) == 0)
    }

    @Test func aTimeoutIsNeverCutShort() {
        #expect(Reactor.milliseconds(.nanoseconds(1)) == 1)
        #expect(Reactor.milliseconds(.milliseconds(7)) == 7)
        #expect(Reactor.milliseconds(.seconds(2) + .microseconds(1)) == 2001)
        #expect(Reactor.milliseconds(nil) == -1)
    }
}
