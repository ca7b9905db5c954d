internal import PkrunSystem
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
