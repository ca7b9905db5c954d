import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

/// Every diagnostic as the user sees it: a manifest, and beside it what pkrun says.
@Suite struct DiagnosticFixtureTests {
    static let names = Fixtures.names(in: "Diagnostics", ending: ".yaml")

    @Test(arguments: names) func diagnostics(of name: String) throws {
        let planning = try plan(name)
        let text = DiagnosticRenderer().render(planning.diagnostics)
        if Fixtures.isRecording { Fixtures.write(text, to: "Diagnostics/\(name).txt") }
        #expect(text == Fixtures.text("Diagnostics/\(name).txt"))
        let hasErrors = planning.diagnostics.contains { $0.severity == .error }
        #expect(((try? planning.outcome.get()) == nil) == hasErrors)
    }

    @Test func everyCodeHasAFixture() throws {
        let shown = try Set(Self.names.flatMap { try plan($0).diagnostics.map(\.code) })
        // What no small file can show, and words of the command line.
        let elsewhere: Set<DiagnosticCode> = [.tooLarge, .tooManyProblems, .unknownJob, .unknownProfile]
        #expect(Set(DiagnosticCode.allCases).subtracting(shown) == elsewhere)
    }

    private func plan(_ name: String) throws -> Planning {
        let bytes = try #require(Fixtures.bytes("Diagnostics/\(name).yaml"))
        var files: [String: String] = [:]
        for file in ["\(name).env", "\(name).included"] {
            if let text = Fixtures.text("Diagnostics/\(file)") { files["/project/\(file)"] = text }
        }
        let host = Host.fake(
            environment: ["HOME": "/home/dev", "EMPTY": ""],
            files: files,
            effectiveUserID: name.hasSuffix("without-root") ? 1000 : 0
        )
        return Planner.plan(bytes, path: "\(name).yaml", directory: "/project", host: host)
    }
}
