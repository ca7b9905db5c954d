import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

@Suite struct EnvironmentFileTests {
    private func planning(_ file: String) -> Planning {
        Planner.plan(
            Array("jobs: { a: { command: x, env_file: .env } }".utf8),
            path: "jobs.yaml",
            directory: "/srv",
            host: .fake(environment: ["SET": "value", "EMPTY": ""], files: ["/srv/.env": file])
        )
    }

    @Test(
        arguments: [
            ("A=1", "1"), ("A=", ""), ("A", nil), ("export A=1", "1"), ("A: 1", "1"), ("  A = 1  ", "1"),
            ("A=a b", "a b"),
            ("A=1\r\n", "1"), ("\n\n# c\nA=1\n", "1"),
            // Comments.
            ("A=1 # c", "1"), ("A=1# c", "1# c"), ("A=#c", ""), ("A='x' # c", "x"), ("A=\"x # y\"", "x # y"),
            // Quotes.
            ("A='$SET ${SET} \\n'", "$SET ${SET} \\n"), ("A='it\\'s'", "it's"), ("A='a\nb'", "a\nb"),
            ("A=\"a\\tb\\n\\\"c\\\\\"", "a\tb\n\"c\\"), ("A=\"a\nb\"", "a\nb"), ("A=\"\\q\"", "\\q"), ("A=''", ""),
            ("A=it's", "it's"),
            // Variables.
            ("A=${SET}-$SET", "value-value"), ("A=\"${SET} $SET\"", "value value"), ("A=${UNSET:-d}", "d"),
            ("A=\"\\$SET \\${SET}\"", "$SET ${SET}"), ("A=$$SET", "$SET"), ("A=a$", "a$"), ("B=1\nA=$B${B}", "11"),
            ("SET=other\nA=$SET", "value"), ("A=1\nA=2", "2"),
        ] as [(String, String?)]
    )
    func grammar(file: String, value: String?) throws {
        let planning = planning(file)
        #expect(planning.diagnostics.map(\.message) == [])
        let changes = try planning.outcome.get().jobs[0].environment.changes
        #expect(changes.first { $0.name == "A" } == .init("A", value))
    }

    @Test(
        arguments: [
            ("A=\"x", .invalidEnvironmentFile), ("A='x' y", .invalidEnvironmentFile), ("=x", .invalidEnvironmentFile),
            ("A B", .invalidEnvironmentFile), ("1A=x", .invalidEnvironmentFile), ("A=${UNSET}", .unsetVariable),
            ("A=$UNSET", .unsetVariable), ("A=${", .invalidInterpolation), ("A=\u{7}", .invalidEncoding),
        ] as [(String, DiagnosticCode)]
    )
    func errors(file: String, code: DiagnosticCode) {
        let diagnostics = planning(file).diagnostics
        #expect(diagnostics.map(\.code) == [code])
        #expect(diagnostics.first?.range?.file.path == ".env")
    }

    @Test func otherLinesAreReadOn() {
        #expect(planning("A B\nC=$UNSET\nD='\n").diagnostics.count == 3)
    }

    /// Whatever a file holds, it is read or refused.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func anyTextIsReadOrRefused(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("AB=:'\"\\$${} #\n\texport1é")
        let text = String((0..<40).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
        let planning = planning(text)
        #expect(((try? planning.outcome.get()) == nil) == !planning.diagnostics.isEmpty)
        _ = DiagnosticRenderer().render(planning.diagnostics)
    }
}
