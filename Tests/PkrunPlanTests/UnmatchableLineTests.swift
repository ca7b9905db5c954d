import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

@Suite struct UnmatchableLineTests {
    private func codes(_ pattern: String) -> [DiagnosticCode] {
        let quoted = pattern.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        let text = "jobs: { a: { command: x, ready: { line: \"\(quoted)\" } } }"
        return Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv", host: .fake()).diagnostics.map(
            \.code
        )
    }

    @Test(arguments: ["ready\n", "ready\\n", "\\nready", "a\\n+b", "\\e\\[32mready"])
    func whatNoLineContainsIsWarnedAbout(pattern: String) {
        #expect(codes(pattern) == [.unmatchableLine])
    }

    @Test(arguments: ["ready", "ready\\n?", "(ready\n|up)", "[^\\n]+", "C:\\\\new", "a\\n*b", "a\\n{0,1}b"])
    func whatALineMayContainIsNot(pattern: String) {
        #expect(codes(pattern) == [])
    }
}
