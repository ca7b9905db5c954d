internal import PkrunSystem
internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// Much at once: B17. One mechanism after the other, since other tests run beside.
@Suite(.serialized) struct ContractScaleTests {
    @Test("B17: a thousand groups at once", arguments: Offered.mechanisms)
    func manyGroups(_ mechanism: Mechanism) async throws {
        // Each takes a few descriptors of this program.
        _ = OpenFilesLimit.raise()
        let marked = MarkedProcesses()
        var command = Command("setsid", ["--fork", "sleep", "1000"])
        command.environment = marked.environment
        command.standardOutput = .discarded
        command.standardError = .discarded
        command.leaks = .wait
        do {
            var groups: [ProcessGroup] = []
            for _ in 0..<1000 {
                let group = try await ProcessGroup(demanding: mechanism)
                _ = try await group.start(command)
                groups.append(group)
            }
            for group in groups {
                try await eventually { await group.members().map(\.name) == ["sleep"] }
            }
            withExtendedLifetime(groups) {}
        }
        try await eventually { marked.living().isEmpty }
    }
}
