internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// Limits of groups, and of commands: part A of the contracts.
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

    @Test(
        "A15: a command's own limits are for its tree alone, and go with it",
        .enabled(if: Engine.keepsLimits, "\(Engine.noLimits)")
    )
    func ownLimits() async throws {
        let free = Command(shell: "cat /proc/self/cgroup; sleep 0.1 & sleep 0.1 & wait")
        let script = free.limited(to: ResourceLimits(processes: 2))
        let hog = Command("tail", ["/dev/zero"]).limited(to: ResourceLimits(memory: 32 << 20))
        let outputs = try await Batch([script, hog, free], concurrency: 3).outputs().map { try $0.get() }
        #expect(outputs[0].status != .exited(0) && outputs[0].result.limitReport?.refusedProcesses == 1)
        #expect(outputs[1].status == .signaled(.kill) && outputs[1].result.limitReport?.memoryKills == 1)
        #expect(outputs[2].status == .exited(0) && outputs[2].result.limitReport == nil)

        let place = try #require(outputs[0].text.split(separator: "\n").compactMap(Self.slice).first)
        // One that was busy goes when the next does. What others remove meanwhile is an error to find(1), and none
        // here.
        try await eventually {
            _ = try await script.output()
            return try await Command("find", ["/sys/fs/cgroup", "-path", "*\(place)"]).output().text.isEmpty
        }
    }

    /// Of a line of proc_pid_cgroup(5), the name of the slice with the run that it is in.
    private static func slice(_ line: Substring) -> Substring? {
        let names = line.split(separator: "/")
        guard let index = names.firstIndex(where: { $0.hasPrefix("slice-") }) else { return nil }
        return line[names[index - 1].startIndex..<names[index].endIndex]
    }

    @Test(
        "A15: a group with limits takes no command that has its own",
        .enabled(if: Engine.keepsLimits, "\(Engine.noLimits)")
    )
    func nestedLimits() async throws {
        let group = try await ProcessGroup(limits: ResourceLimits(processes: 10))
        let command = Command("true").limited(to: ResourceLimits(processors: 1))
        let error = await #expect(throws: ProcessError.self) { try await group.start(command) }
        guard case .limitUnavailable(.processors, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(await group.members().isEmpty)
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
            let command = Command("true").limited(to: limit)
            let own = await #expect(throws: ProcessError.self) { try await command.output(demanding: mechanism) }
            for error in [error, own] {
                guard case .limitUnavailable(resource, let reason) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(reason.contains(mechanism.rawValue))
            }
        }
        #expect(await (try ProcessGroup(demanding: mechanism)).limitReport() == nil)
    }
}
