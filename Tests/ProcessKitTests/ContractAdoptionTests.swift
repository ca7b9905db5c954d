internal import PkrunSystem
internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// Children of this program that something else has started: part A.
@Suite struct ContractAdoptionTests {
    private func startOutside(_ script: String) throws -> Int32 {
        let request = SpawnRequest(
            arguments: ["sh", "-c", script],
            environment: ["PATH=/usr/bin:/bin"],
            workingDirectory: "/",
            standardInput: 2,
            standardOutput: 2,
            standardError: 2
        )
        guard case .started(let processID, _) = try ProcessSpawner().spawn(request, in: .here) else { return 0 }
        return processID
    }

    @Test("A4: an adopted child is killed with the group", arguments: Offered.adopting)
    func killed(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let child = try startOutside("exec sleep 1000")
        try await group.adopt(child)
        #expect(await group.members().map(\.processID) == [child])
        await group.killAll()
        #expect(ProcessExit.reap(.process(child), waiting: true)?.status == .signaled(number: 9, dumpedCore: false))
        #expect(await group.members().isEmpty)
    }

    @Test("A5: reaped is an error, ended is not", arguments: Offered.adopting)
    func ended(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let child = try startOutside("exit 0")
        try await eventually { ProcessRecord(of: child)?.isZombie ?? true }
        try await group.adopt(child)
        #expect(await group.members().isEmpty)
        #expect(ProcessExit.reap(.process(child), waiting: true)?.status == .exited(code: 0))
        await #expect(throws: ProcessError.notAChild(child)) { try await group.adopt(child) }
    }

    @Test("A4: somebody else's child is killed with the group, and all below it", arguments: Offered.adopting)
    func stranger(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let parent = try startOutside("sh -c 'sleep 1000 & setsid sleep 1000 & wait'; exit 7")
        try await eventually { children(of: children(of: parent).first?.processID).count == 2 }
        let stranger = try #require(children(of: parent).first)
        try await group.adopt(external: stranger.processID, startTime: stranger.startTime)
        #expect(await group.members().count == 3)
        await group.killAll()
        #expect(await group.members().isEmpty)
        #expect(ProcessExit.reap(.process(parent), waiting: true)?.status == .exited(code: 7))
    }

    @Test("A4: who is not to be adopted is let alone", arguments: Offered.adopting)
    func letAlone(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let parent = try startOutside("sleep 1000; exit 7")
        try await eventually { children(of: parent).count == 1 }
        let stranger = try #require(children(of: parent).first)
        // A later process of the same number.
        await #expect(throws: ProcessError.noSuchProcess(stranger.processID)) {
            try await group.adopt(external: stranger.processID, startTime: stranger.startTime - .seconds(1))
        }
        await #expect(throws: ProcessError.noSuchProcess(.max)) { try await group.adopt(external: .max) }
        // This process, one that it descends from, and what the kernel would take for this process.
        for processID in [CurrentProcess.identifier, CurrentProcess.parentIdentifier, 0, -1] {
            await #expect(throws: ProcessError.notToBeAdopted(processID)) {
                try await group.adopt(external: processID)
            }
        }
        let member = try await group.start(Command("sleep", ["1000"]))
        await #expect(throws: ProcessError.notToBeAdopted(member.processID)) {
            try await group.adopt(external: member.processID)
        }
        #expect(await group.members().map(\.processID) == [member.processID])
        await group.killAll()
        #expect(ProcessRecord(of: stranger.processID)?.startTime == stranger.startTime)
        try ProcessDescriptor(of: stranger.processID).send(9)
        _ = ProcessExit.reap(.process(parent), waiting: true)
    }

    @Test("A5: a stranger that has ended, and that nobody has reaped, is no error", arguments: Offered.adopting)
    func endedStranger(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        // Its parent becomes a program that waits for nobody.
        let parent = try startOutside("sleep 0.01 & exec sleep 1000")
        try await eventually { children(of: parent).first?.isZombie == true }
        let zombie = try #require(children(of: parent).first)
        try await group.adopt(external: zombie.processID, startTime: zombie.startTime)
        #expect(await group.members().isEmpty)
        try ProcessDescriptor(of: parent).send(9)
        _ = ProcessExit.reap(.process(parent), waiting: true)
    }

    private func children(of processID: Int32?) -> [ProcessRecord] {
        ProcessRecord.all().filter { $0.parentID == processID }
    }

    @Test("A7: what is adopted by a suspended group stands still until it is resumed", arguments: Offered.adopting)
    func suspended(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let child = try startOutside("while :; do :; done")
        try await group.suspend()
        try await group.adopt(child)
        try await eventually {
            let before = ProcessRecord(of: child)?.clockTicks
            try await Task.sleep(for: .milliseconds(100))
            return ProcessRecord(of: child)?.clockTicks == before
        }
        let before = ProcessRecord(of: child)?.clockTicks
        try await group.resume()
        try await eventually { ProcessRecord(of: child)?.clockTicks != before }
        await group.killAll()
        _ = ProcessExit.reap(.process(child), waiting: true)
    }

    @Test("A17: what a mechanism cannot do is an error", arguments: [Mechanism.pidNamespace, .processGroup])
    func unsupported(_ mechanism: Mechanism) async throws {
        guard let group = try? await ProcessGroup(demanding: mechanism) else { return }
        let child = try startOutside("exec sleep 1000")
        await #expect(throws: ProcessError.unsupported(mechanism)) { try await group.adopt(child) }
        try ProcessDescriptor(of: child).send(9)
        _ = ProcessExit.reap(.process(child), waiting: true)
    }
}
