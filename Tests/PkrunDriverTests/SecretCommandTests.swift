import PkrunContainment
import PkrunDriver
import PkrunSystem
import PkrunTestSupport
import Testing

@Suite struct SecretCommandTests {
    @Test func `one that takes too long is ended with its tree`() throws {
        let scenario = try Scenario()
        let reactor = try Reactor()
        let reaper = try Reaper(reactor: reactor, scope: .watchedChildren)
        let containment = try ContainmentChain(reactor: reactor, reaper: reaper).select(nil)
        defer { _ = containment.close() }
        let script = "export PKRUN_TEST_MARK=\(scenario.mark); sleep 1000 & sleep 1000; echo late"
        let command = SecretCommand(["sh", "-c", script], directory: "/", limit: .milliseconds(100))
        let failure = #expect(throws: SecretCommand.Failure.self) {
            try command.output(in: containment, reactor: reactor)
        }
        #expect(failure?.reason == "the command takes longer than 0 s")
        #expect(scenario.processes().isEmpty)
    }
}
