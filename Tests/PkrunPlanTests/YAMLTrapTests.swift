import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

/// Where the versions of YAML read one text differently, we read what is written.
@Suite struct YAMLTrapTests {
    private func planning(_ text: String) -> Planning {
        Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv", host: .fake())
    }

    @Test(arguments: [
        "no", "NO", "on", "yes", "012", "0x1F", "1:30", "1_000", "1e3", "1.10", "-0", ".5", "0o14", "true", "=",
        "2026-01-02",
    ])
    func aValueOfAVariableIsItsText(word: String) throws {
        let plan = try planning("jobs: { a: { command: [x, \(word)], env: { V: \(word) } } }").outcome.get()
        #expect(plan.jobs[0].arguments == ["x", word])
        #expect(plan.jobs[0].environment.changes == [.init("V", word)])
    }

    @Test(arguments: [
        ("optional: no", []), ("optional: On", []), ("optional: y", [DiagnosticCode.invalidBoolean]),
        ("restart: no", []), ("restart: off", [.invalidWord]), ("timeout: 1:30", [.invalidDuration]),
        ("timeout: 90", [.invalidDuration]), ("nice: 012", []), ("nice: 0x5", [.invalidNumber]),
        ("umask: 022", []), ("umask: 18", [.invalidMask]), ("umask: 22", [.invalidMask]),
        ("success_exit_codes: [1_0]", [.invalidNumber]),
    ])
    func aWordMeansOneThing(entry: String, codes: [DiagnosticCode]) {
        #expect(planning("jobs:\n  a:\n    command: x\n    \(entry)\n").diagnostics.map(\.code) == codes)
    }

    /// Forms of YAML 1.2 by the chapters of its specification: read, or refused with the reason that is ours.
    @Test(arguments: [
        ("block map and list", "jobs:\n  a:\n    command:\n    - x\n    - y\n", nil as DiagnosticCode?),
        ("flow over lines", "jobs: {\n a: {\n  command: [x,\n   y],\n } }\n", nil),
        ("explicit key", "? jobs\n: a: { command: x }\n", nil),
        ("folded text", "jobs:\n  a:\n    command: >-\n      x\n      y\n", nil),
        ("literal text, kept breaks", "jobs:\n  a:\n    command: |+\n      x\n\n", nil),
        ("indentation indicator", "jobs:\n  a:\n    command: |2\n        x\n", nil),
        ("plain text over lines", "jobs:\n  a:\n    command: x\n      y\n", nil),
        ("double quotes over lines", "jobs: { a: { command: \"x \\\n  y\" } }\n", nil),
        ("comments", "# c\njobs: # c\n  # c\n  a: { command: x } # c\n", nil),
        ("document markers", "%YAML 1.2\n---\njobs: { a: { command: x } }\n...\n", nil),
        ("anchors, aliases, merge", "x-a: &a { command: x }\njobs: { a: *a, b: { <<: *a } }\n", nil),
        ("CRLF", "jobs:\r\n  a:\r\n    command: x\r\n", nil),
        ("byte order mark", "\u{FEFF}jobs: { a: { command: x } }\n", nil),
        ("tab after a value", "jobs: { a: { command: x\t} }\n", nil),
        ("tab as indentation", "jobs:\n\ta: { command: x }\n", .tabIndentation),
        ("two documents", "jobs: { a: { command: x } }\n---\njobs: {}\n", .severalDocuments),
        ("core tag", "jobs: { a: { command: !!str x } }\n", .tag),
        ("own tag", "jobs: { a: !job { command: x } }\n", .tag),
        ("alias before its anchor", "jobs: { a: *a }\nx-a: &a { command: x }\n", .unknownAnchor),
        ("list as a key", "jobs: { a: { command: x }, [b]: { command: x } }\n", .invalidKey),
        ("list as the only key", "jobs: { [b]: { command: x } }\n", .invalidKey),
        ("same key twice", "jobs: { a: { command: x, command: y } }\n", .duplicateKey),
        ("merge of a text", "jobs: { a: { <<: x, command: y } }\n", .invalidMergeKey),
        ("NUL by escape", "jobs: { a: { command: \"x\\0\" } }\n", .nulCharacter),
        ("NUL", "jobs: { a: { command: x\0 } }\n", .invalidEncoding),
        ("unclosed list", "jobs: { a: { command: [x }\n", .syntax),
        ("unclosed quote", "jobs: { a: { command: 'x } }\n", .syntax),
        ("unknown escape", "jobs: { a: { command: \"\\q\" } }\n", .syntax),
        ("reserved sign", "jobs: { a: { command: @x } }\n", .syntax),
    ])
    func constructs(name: String, text: String, refusal: DiagnosticCode?) {
        let codes = planning(text).diagnostics.map(\.code)
        #expect(codes == (refusal.map { [$0] } ?? []), "\(name)")
    }

    @Test func bytesThatAreNoTextAreRefused() {
        let bytes = Array("jobs: { a: { command: ".utf8) + [0xC3, 0x28] + Array(" } }".utf8)
        let planning = Planner.plan(bytes, path: "jobs.yaml", directory: "/srv", host: .fake())
        #expect(planning.diagnostics.map(\.code) == [.invalidEncoding])
    }
}
