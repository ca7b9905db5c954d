internal import PkrunSystem
import ProcessKit
internal import Testing

/// What a process has from the kernel: A16.
@Suite struct ContractAttributeTests {
    @Test("A16: mask, priority and limits", arguments: Offered.mechanisms)
    func attributes(_ mechanism: Mechanism) async throws {
        var command = Command(shell: "umask; nice; ulimit -Sn; ulimit -Hn")
        command.fileModeMask = 0o027
        command.niceness = 4
        command.limits = [ProcessLimit(.openFiles, 64, hard: 128)]
        #expect(try await command.text(demanding: mechanism) == "0027\n4\n64\n128\n")
    }

    @Test("A16: extra descriptors, a name of its own, I/O priority", arguments: Offered.mechanisms)
    func descriptorsAndName(_ mechanism: Mechanism) async throws {
        let pipe = try Pipe()
        var command = Command("sh", ["-c", "echo to $0 >&7; ionice"])
        command.nameArgument = "you"
        command.ioPriority = .idle
        command.descriptors = [7: pipe.writeEnd.number]
        #expect(try await command.text(demanding: mechanism) == "idle\n")
        let readEnd = pipe.split { readEnd, _ in readEnd }
        // Nobody else has the writing end: it is the end at once.
        #expect(try readEnd.borrowed.readAll() == Array("to you\n".utf8))
    }

    @Test("A16: a session of its own", arguments: Offered.mechanisms)
    func session(_ mechanism: Mechanism) async throws {
        var command = Command(shell: "cut -d' ' -f5,6 /proc/$$/stat; echo $$")
        let lines = { (text: String) in text.split { $0.isWhitespace } }
        let group = try await lines(command.text(demanding: mechanism))
        #expect(group.count == 3 && group[0] == group[2] && group[1] != group[2])
        command.leadsSession = true
        let session = try await lines(command.text(demanding: mechanism))
        #expect(session.count == 3 && session[0] == session[2] && session[1] == session[2])
    }

    @Test("A17: a processor that is not to be had fails the start", arguments: Offered.mechanisms)
    func processors(_ mechanism: Mechanism) async throws {
        var command = Command("true")
        command.processors = [100_000]
        let error = await #expect(throws: ProcessError.self) { try await command.output(demanding: mechanism) }
        guard case .startFailed(let failure) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failure.step == .setProcessors)
        #expect(failure.subject == "100000")
    }
}
