import PkrunDiagnostics
import Testing

@Suite struct DiagnosticRendererTests {
    private func render(_ text: String, _ offsets: Range<Int>, hint: String? = nil, color: Bool = false) -> String {
        let file = SourceFile(path: "jobs.yaml", text: text)
        let diagnostic = Diagnostic(.unknownKey, "unknown key", at: file.range(offsets), hint: hint)
        return DiagnosticRenderer(color: color).render([diagnostic])
    }

    @Test func theFormThatCompilersTaught() {
        let text = String(repeating: "\n", count: 13) + "      comand: ./api\n"
        #expect(
            render(text, 19..<25, hint: "did you mean 'command'?") == """
                jobs.yaml:14:7: error: unknown key
                   14 |       comand: ./api
                      |       ^~~~~~ did you mean 'command'?

                """
        )
    }

    @Test func columnsCountCharactersAndTheCaretStandsUnderWideOnes() {
        #expect(
            render("日本: ключ", 4..<8) == """
                jobs.yaml:1:5: error: unknown key
                    1 | 日本: ключ
                      |       ^~~~

                """
        )
        #expect(
            render("e\u{301}x: 日本", 5..<7) == """
                jobs.yaml:1:5: error: unknown key
                    1 | e\u{301}x: 日本
                      |     ^~~~

                """
        )
    }

    @Test func tabsStayTabsSoThatBothLinesJumpToTheSameStop() {
        #expect(
            render("a:\tb", 3..<4) == """
                jobs.yaml:1:4: error: unknown key
                    1 | a:\tb
                      |   \t^

                """
        )
    }

    @Test func aPlaceBehindTheLastLineIsDrawn() {
        #expect(render("a: b\n", 5..<6).hasPrefix("jobs.yaml:2:1: error:"))
        #expect(render("", 0..<0) == "jobs.yaml:1:1: error: unknown key\n    1 | \n      | ^\n")
        #expect(render("a", 900..<901).hasPrefix("jobs.yaml:1:2: error:"))
    }

    @Test(arguments: ["a\nb: c\n", "a\r\nb: c\r\n", "a\rb: c\r"])
    func lineBreaksOfEveryKindCountOnce(text: String) {
        let offset = text.unicodeScalars.count - 5
        let rendered = render(text, offset..<offset + 1)
        #expect(rendered.hasPrefix("jobs.yaml:2:"))
        #expect(!rendered.contains("\r"))
    }

    @Test func aRangeOverSeveralLinesIsUnderlinedOnItsFirst() {
        #expect(render("ab: [c,\nd]", 4..<10).hasSuffix("    1 | ab: [c,\n      |     ^~~\n"))
    }

    @Test func nothingThatATerminalWouldObeyIsShown() {
        #expect(render("a: \u{9B}31mred", 0..<1).contains("\u{9B}") == false)
    }

    @Test func aMessageCannotTalkToTheTerminal() {
        let diagnostic = Diagnostic(.invalidWord, "'\u{1B}[2J\n' is no word", at: nil, hint: "not \u{7}")
        #expect(DiagnosticRenderer().render([diagnostic]) == "error: '\u{FFFD}[2J\u{FFFD}' is no word; not \u{FFFD}\n")
        let long = Diagnostic(.invalidWord, String(repeating: "x", count: 1 << 20), at: nil)
        #expect(DiagnosticRenderer().render([long]).utf8.count < 1000)
    }

    @Test func aMegabyteLineIsCutAroundThePlace() {
        let text = String(repeating: "x", count: 1 << 20)
        let rendered = render(text + "!" + text, 1 << 20..<1 << 20 + 1)
        let lines = rendered.split(separator: "\n")
        #expect(rendered.utf8.count < 1000)
        #expect(
            lines[1].firstIndex(of: "!").map { lines[1].distance(from: lines[1].startIndex, to: $0) }
                == lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
        )
    }

    @Test func colorAddsNothingButEscapes() {
        let plain = render("ab: c", 0..<2, hint: "no")
        var colored = render("ab: c", 0..<2, hint: "no", color: true)
        #expect(colored.contains("\u{1B}[1;31merror:\u{1B}[0m"))
        for code in ["1;31", "1;32", "1", "0"] { colored = colored.split(separator: "\u{1B}[\(code)m").joined() }
        #expect(colored == plain)
    }

    @Test func notesPointAtOtherPlacesAndFiles() {
        let file = SourceFile(path: "a.yaml", text: "x: 1\n")
        let other = SourceFile(path: "b.yaml", text: "\n  y: 2\n")
        var diagnostic = Diagnostic(.duplicateKey, "twice", at: file.range(0..<1))
        diagnostic.severity = .warning
        diagnostic.notes = [Diagnostic.Note("here", at: other.range(3..<4))]
        #expect(
            DiagnosticRenderer().render([diagnostic]) == """
                a.yaml:1:1: warning: twice
                    1 | x: 1
                      | ^
                b.yaml:2:3: note: here
                    2 |   y: 2
                      |   ^

                """
        )
    }

    @Test func whatIsInNoFileHasNoPlace() {
        let diagnostic = Diagnostic(.unknownJob, "no job 'ap'", at: nil, hint: "did you mean 'api'?")
        #expect(DiagnosticRenderer().render([diagnostic]) == "error: no job 'ap'; did you mean 'api'?\n")
    }
}
