internal import PkrunSystem
internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// What waits sleeps. In a process of its own, since the other tests of this one do not.
@Suite struct IdleTests {
    @Test(
        "B13: nothing wakes up while a group is idle, nor while a stop waits for its end",
        .enabled(if: WakeUps.canCease, "ThreadSanitizer itself wakes up")
    )
    func idle() async {
        await #expect(processExitsWith: .success) {
            for mechanism in Offered.mechanisms {
                let group = try await ProcessGroup(demanding: mechanism)
                let slow = try await group.start(
                    Command(shell: "trap 'echo asked' TERM; echo ready; while ! read line; do :; done").withWriter()
                )
                try await slow.waitForLine(within: patience) { $0.text == "ready" }
                #expect(WakeUps.cease(in: [CurrentProcess.identifier]))
                let stop = Task { await group.stop(grace: .seconds(1000)) }
                try await slow.waitForLine(within: patience) { $0.text == "asked" }
                #expect(WakeUps.cease(in: [CurrentProcess.identifier]))
                try await slow.write("go\n")
                #expect(await stop.value.drained)
            }
        }
    }
}
