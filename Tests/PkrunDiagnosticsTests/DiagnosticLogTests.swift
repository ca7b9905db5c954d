import PkrunDiagnostics
import Testing

@Suite struct DiagnosticLogTests {
    private let file = SourceFile(path: "jobs.yaml", text: "a: 1\nb: 2\n")

    @Test func errorsComeFirstThenPlacesDecide() {
        var log = DiagnosticLog()
        log.warn(Diagnostic(.impossibleCondition, "first in the text", at: file.range(0..<1)))
        #expect(!log.hasErrors)
        log.report(Diagnostic(.unknownKey, "later", at: file.range(5..<6)))
        log.report(Diagnostic(.unknownKey, "earlier", at: file.range(3..<4)))
        #expect(log.hasErrors)
        #expect(log.sorted.map(\.message) == ["earlier", "later", "first in the text"])
        #expect(log.sorted.map(\.severity) == [.error, .error, .warning])
    }

    @Test func aFindingIsToldOnce() {
        var log = DiagnosticLog()
        for _ in 0..<3 { log.report(Diagnostic(.unsetVariable, "x", at: file.range(0..<1))) }
        #expect(log.sorted.count == 1)
    }

    @Test func tooManyAreCutAndThatIsSaid() {
        var log = DiagnosticLog()
        for number in 0..<100_000 { log.report(Diagnostic(.unknownKey, "\(number)", at: file.start)) }
        #expect(log.sorted.count == DiagnosticLog.limit + 1)
        #expect(log.sorted.last?.code == .tooManyProblems)
    }

    @Test func warningsInAFullLogAreNoErrors() {
        var log = DiagnosticLog()
        for number in 0..<1000 { log.warn(Diagnostic(.impossibleCondition, "\(number)", at: file.start)) }
        #expect(!log.hasErrors)
        log.report(Diagnostic(.unknownKey, "x", at: file.start))
        #expect(log.hasErrors)
    }
}
