internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// Limits of groups: part A of the contracts.
@Suite struct ContractLimitTests {
    @Test("A15: who wants too much memory is killed", .enabled(if: Engine.keepsLimits, "\(Engine.noLimits)"))
    func memory() async throws {
        let limit: UInt64 = 32 << 20
        let group = try await ProcessGroup(limits: ResourceLimits(memory: limit))
        let hog = try await group.start(Command("tail", ["/dev/zero"]))
        #expect(try await hog.result().status == .signaled(.kill))
        let report = try #require(await group.limitReport())
        #expect(report.memoryKills == 1)
        #expect(report.peakMemory ?? 0 > limit / 2 && report.peakMemory ?? 0 <= limit)
        // What comes after it has its chance.
        #expect(try await group.start(Command("true")).result().status == .exited(0))
    }

    @Test("A15: what is started in one group shares its limits", .enabled(if: Engine.keepsLimits, "\(Engine.noLimits)"))
    func processes() async throws {
        let group = try await ProcessGroup(limits: ResourceLimits(processes: 2))
        let other = try await ProcessGroup(limits: ResourceLimits(processes: 100, processors: 1))
        let script = Command(shell: "sleep 1000 & wait")
        _ = try await group.start(Command("sleep", ["1000"]))
        #expect(try await group.start(script).result().status != .exited(0))
        #expect(await group.limitReport()?.refusedProcesses == 1)
        let free = try await other.start(script)
        try await eventually { await free.members().count == 2 }
        #expect(await other.limitReport()?.refusedProcesses == 0)
        await group.killAll()
        await other.killAll()
    }

    @Test("A15: a limit that cannot be kept is an error", arguments: Offered.mechanisms.filter { $0 != .cgroup })
    func unavailable(_ mechanism: Mechanism) async throws {
        let limits = [
            ResourceLimits(memory: 1 << 30), ResourceLimits(processes: 100), ResourceLimits(processors: 1),
        ]
        for (limit, resource) in zip(limits, ResourceLimits.Resource.allCases) {
            let error = await #expect(throws: ProcessError.self) {
                try await ProcessGroup(demanding: mechanism, limits: limit)
            }
            guard case .limitUnavailable(resource, let reason) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(reason.contains(mechanism.rawValue))
        }
        #expect(await (try ProcessGroup(demanding: mechanism)).limitReport() == nil)
    }
}
