internal import PkrunSystem
internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// The contracts of process groups that others keep too: part A.
@Suite struct ContractGroupTests {
    private static let ticker = Command(shell: "while :; do echo tick; sleep 0.02; done")

    @Test("A1: a hang-up reaches a shell that traps it, and its own line arrives", arguments: Offered.mechanisms)
    func hangUp(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let shell = try await group.start(
            Command(shell: "trap 'echo hung up; exit 5' HUP; echo ready; while :; do sleep 0.02; done")
        )
        try await shell.waitForLine(within: patience) { $0.text == "ready" }
        try await group.signal(.hangUp)
        try await shell.waitForLine(within: patience) { $0.text == "hung up" }
        #expect(try await shell.result().status == .exited(5))
    }

    @Test("A2, A8: a suspended ticker is silent, and one resume is enough", arguments: Offered.mechanisms)
    func suspension(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let ticker = try await group.start(Self.ticker)
        try await ticker.waitForLine(within: patience) { _ in true }
        for _ in 0..<3 { try await group.suspend() }
        // What was on its way.
        while (try? await ticker.waitForLine(within: .milliseconds(200), where: { _ in true })) != nil {}
        await #expect(throws: ProcessError.notReady(.timeout)) {
            try await ticker.waitForLine(within: .milliseconds(400)) { _ in true }
        }
        try await group.resume()
        try await ticker.waitForLine(within: patience) { _ in true }
        await group.killAll()
    }

    @Test("A3: nothing is an error to an empty group", arguments: Offered.mechanisms)
    func emptyGroup(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        #expect(group.mechanism == mechanism)
        for signal in [Signal.terminate, .kill, .hangUp, .user1] { try await group.signal(signal) }
        try await group.suspend()
        try await group.resume()
        #expect(await group.members().isEmpty)
        #expect(await group.statistics() == Statistics.none)
        #expect(await group.stop().drained)
        await group.killAll()
        await group.killAll()
    }

    @Test("A6: members of two trees, and one less", arguments: Offered.mechanisms)
    func members(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let first = try await group.start(Command("sleep", ["1000"]))
        let second = try await group.start(Command("sleep", ["1000"]))
        let expected = [first.processID, second.processID]
        #expect(await group.members().map(\.processID).sorted() == expected.sorted())
        #expect(await group.statistics().processes == 2)
        #expect(await group.members().allSatisfy { $0.name == "sleep" && $0.startTime > .zero && $0.parentID > 0 })
        await first.kill()
        #expect(await group.members().map(\.processID) == [second.processID])
        await group.killAll()
        #expect(await group.members().isEmpty)
    }

    @Test("A9: what is suspended can be killed, and acts on a stop", arguments: Offered.mechanisms)
    func endsOfSuspended(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let killed = try await group.start(Self.ticker)
        try await killed.waitForLine(within: patience) { _ in true }
        try await group.suspend()
        await group.killAll()
        #expect(await killed.hasEnded)
        try await group.resume()

        let polite = try await group.start(
            Command(shell: "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.02; done")
        )
        try await polite.waitForLine(within: patience) { $0.text == "ready" }
        try await group.suspend()
        let report = await group.stop(grace: patience)
        #expect(report.drained && !report.escalated && report.membersAfter == 0)
        #expect(try await polite.result().status == .exited(3))
        try await polite.waitForLine(within: patience) { $0.text == "bye" }
    }

    @Test("A10: a group can be used on after a kill", arguments: Offered.mechanisms)
    func useAfterKill(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        for _ in 0..<3 {
            let sleeper = try await group.start(Command("sleep", ["1000"]))
            await group.killAll()
            await group.killAll()
            #expect(await sleeper.hasEnded)
            let result = try await sleeper.result()
            #expect(result.status == .signaled(.kill) && result.reason == .killed)
        }
        #expect(try await group.start(Command("true")).result().status.isSuccess)
        await group.shutdown()
        await #expect(throws: ProcessError.shutDown) { try await group.start(Command("true")) }
    }

    @Test("A11: a stop tells what it has seen", arguments: Offered.mechanisms)
    func stopReports(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let deaf = try await group.start(
            Command(shell: "trap '' TERM; setsid sleep 1000 & echo ready; while :; do sleep 0.02; done")
        )
        try await deaf.waitForLine(within: patience) { $0.text == "ready" }
        let spared = await group.stop(grace: .milliseconds(50), escalate: false)
        #expect(spared.membersBefore >= 2 && spared.membersAfter >= 2)
        #expect(!spared.drained && !spared.escalated && spared.elapsed >= .milliseconds(50))
        let ended = await group.stop(grace: .milliseconds(50))
        #expect(!ended.drained && ended.escalated && ended.membersAfter == 0)
        #expect(try await deaf.result().reason == .stopped)
    }

    @Test("A11: a stop goes step by step, and tells how far", arguments: Offered.mechanisms)
    func ladder(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let script = "trap 'echo int' INT; trap 'exit 3' HUP; trap '' TERM; echo ready; while :; do sleep 0.02; done"
        let process = try await group.start(Command("sh", ["-c", "sh -c \"$0\" & exec sh -c \"$0\"", script]))
        for _ in 0..<2 { try await process.waitForLine(within: patience) { $0.text == "ready" } }
        let report = await process.stop(ladder: [
            StopStep(.interrupt, toMainAlone: true, wait: .seconds(2)),
            StopStep(.hangUp, wait: patience),
            StopStep(.terminate, wait: patience),
        ])
        #expect(report.steps == 2 && report.drained && !report.escalated && report.membersAfter == 0)
        var lines: [String] = []
        for await line in process.lines where line.stream == .standardOutput { lines.append(line.text) }
        #expect(lines == ["int"])
        #expect(try await process.result().status == .exited(3))

        let deaf = try await group.start(Command(shell: "trap '' INT TERM; echo ready; while :; do sleep 0.02; done"))
        try await deaf.waitForLine(within: patience) { $0.text == "ready" }
        let killed = await group.stop(ladder: [
            StopStep(.interrupt, wait: .milliseconds(20)), StopStep(.terminate, wait: .milliseconds(20)),
        ])
        #expect(killed.steps == 2 && !killed.drained && killed.escalated && killed.membersAfter == 0)
        #expect(await group.stop(ladder: []).steps == 0)
    }

    @Test("A12: the last reference takes the tree with it", arguments: Offered.mechanisms)
    func release(_ mechanism: Mechanism) async throws {
        let marked = MarkedProcesses()
        var command = Command(shell: "setsid sleep 1000 & sleep 1000")
        command.environment = marked.environment
        do {
            let group = try await ProcessGroup(demanding: mechanism)
            let process = try await group.start(command)
            let alone = try await command.start(demanding: mechanism)
            try await eventually { marked.living().count { $0.name == "sleep" } == 4 }
            #expect(process.processID != alone.processID)
            withExtendedLifetime((group, alone)) {}
        }
        try await eventually { marked.living().isEmpty }
    }
}
