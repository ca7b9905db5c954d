import PkrunLogs
import PkrunSystem
import PkrunTestSupport
import Testing

@Suite struct LastLineTests {
    @Test(arguments: [
        ("one\ntwo\n", "two"),
        ("one\ntwo", "two"),
        ("one\r\n\r\n  \n", "one"),
        ("10 %\r20 %\r", "20 %"),
        ("\u{1B}[31mred\u{1B}[0m\n\u{1B}[0m\n", "red"),
        ("bell\u{7}\n", "bell"),
        ("caf\u{E9}\n", "caf\u{E9}"),
    ])
    func `the last line that can be read counts`(text: String, line: String) {
        #expect(LastLine.text(in: Array(text.utf8)) == line)
    }

    @Test func `what cannot be read is no line`() {
        #expect(LastLine.text(in: Array("\n \n\u{1B}[0m\n".utf8)) == nil)
    }

    @Test func `what an earlier writer has left in the log does not count`() throws {
        let scenario = try Scenario()
        try scenario.write("log", "before\n")
        let log = try LogFile(path: scenario.path("log"))
        #expect(log.lastLine == nil)
        try log.append(Array("after\n".utf8).span)
        #expect(log.lastLine?.text == "after")
    }

    @Test func `the last line is found in a log that was put aside a moment ago`() throws {
        let scenario = try Scenario()
        try scenario.write("log", "a line from before\n")
        let log = try LogFile(path: scenario.path("log"), limit: LogFile.Limit(size: 20, files: 2))
        try log.append(Array("rotated\n".utf8).span)
        #expect(try scenario.text("log.1") == "a line from before\n")
        #expect(log.lastLine?.text == "rotated")
    }
}
