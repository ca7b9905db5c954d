import PkrunLogs
import Testing

@Suite struct LinePatternTests {
    private func matches(_ pattern: String, _ line: [UInt8]) throws -> Bool {
        let pattern = try LinePattern(pattern)
        return pattern.matches(line.span)
    }

    @Test(arguments: [
        ("ready to accept", "LOG:  database system is ready to accept connections", true),
        ("ready to accept", "LOG:  starting", false),
        ("^Listening on :\\d+$", "Listening on :8080", true),
        ("^Listening on :\\d+$", "Listening on :", false),
        ("(?i)READY", "now ready", true),
        ("", "anything", true),
        ("x", "", false),
    ])
    func `a line is searched for the pattern`(pattern: String, line: String, expected: Bool) throws {
        #expect(try matches(pattern, Array(line.utf8)) == expected)
    }

    @Test(arguments: [
        "\u{1B}[32mser\u{1B}[0mver \u{1B}[1;31mup\u{1B}[m",
        "\u{1B}]0;title\u{07}server up",
        "\u{1B}]8;;http://x\u{1B}\\server\u{1B}]8;;\u{1B}\\ up",
        "server up\u{1B}[",
        "server up\u{1B}",
        "server up\r",
        "\u{1B}[32mserver up\u{1B}[0m\r",
    ])
    func `colours, titles, links and a carriage return do not hide it`(line: String) throws {
        #expect(try matches("server up", Array(line.utf8)))
        #expect(try matches("^server up$", Array(line.utf8)))
    }

    @Test func `bytes that are no text do not hinder it`() throws {
        #expect(try matches("ready", [0xFF, 0x00, 0xC3] + Array("ready".utf8)))
        #expect(try matches("read.", [0xFF, 0x00, 0xC3] + Array("ready".utf8)))
    }

    @Test func `a pattern that is no regular expression is an error`() {
        #expect(throws: (any Error).self) { try LinePattern("(") }
    }
}
