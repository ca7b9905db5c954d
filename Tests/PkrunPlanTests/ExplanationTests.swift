import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

/// The examples of the pages that explain diagnostics show what the pages say.
@Suite struct ExplanationTests {
    private func codes(_ text: String, for code: DiagnosticCode) -> [DiagnosticCode] {
        var files = ["/srv/shop/jobs.yaml": text]
        if let content = code.explanation.environmentFile { files["/srv/shop/local.env"] = content }
        let host = Host.fake(
            environment: ["HOME": "/home/dev"],
            files: files,
            effectiveUserID: code == .needsRoot ? 1000 : 0
        )
        return Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv/shop", host: host)
            .diagnostics.map(\.code)
    }

    @Test(arguments: DiagnosticCode.allCases)
    func theWrongExampleHasTheProblemAndTheRightOneNone(code: DiagnosticCode) {
        let explanation = code.explanation
        if let wrong = explanation.wrong { #expect(codes(wrong, for: code).contains(code)) }
        if let right = explanation.right { #expect(codes(right, for: code) == []) }
        #expect((explanation.wrong == nil) == (explanation.right == nil))
    }

    /// What no small text, or no manifest at all, can show.
    @Test func hardlyAnyPageIsWithoutExamples() {
        let bare = DiagnosticCode.allCases.filter { $0.explanation.wrong == nil }
        #expect(bare == [.tooLarge, .invalidEncoding, .tooManyProblems, .unknownJob, .unknownProfile])
    }

    @Test func aPageIsMeantForPeople() {
        #expect(
            DiagnosticCode.selfDependency.explanation.page(of: .selfDependency) == """
                PK0061: a job that waits for itself

                It would never start.

                Wrong:

                    jobs:
                      web: { command: ./web, depends_on: [web] }

                Right:

                    jobs:
                      web: { command: ./web }

                """
        )
    }
}
