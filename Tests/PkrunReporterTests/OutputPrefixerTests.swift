internal import PkrunReporter
internal import Testing

@Suite struct OutputPrefixerTests {
    /// What becomes of a stream that comes in these chunks.
    private func output(of chunks: [ArraySlice<UInt8>], lineLimit: Int = OutputPrefixer.lineLimit) -> [UInt8] {
        var prefixer = OutputPrefixer(prefix: Array("db │ ".utf8), lineLimit: lineLimit)
        var output: [UInt8] = []
        for chunk in chunks { unsafe chunk.withUnsafeBytes { unsafe prefixer.append($0, to: &output) } }
        prefixer.flush(to: &output)
        return output
    }

    private func output(of text: String, lineLimit: Int = OutputPrefixer.lineLimit) -> String {
        String(decoding: output(of: [Array(text.utf8)[...]], lineLimit: lineLimit), as: UTF8.self)
    }

    @Test(
        arguments: [
            ("", ""),
            ("\n", "db │ \n"),
            ("one\n", "db │ one\n"),
            ("one\ntwo\n", "db │ one\ndb │ two\n"),
            ("one\n\ntwo", "db │ one\ndb │ \ndb │ two\n"),
            ("a\r\nb\0c\n", "db │ a\r\ndb │ b\0c\n"),
        ]
    )
    func everyLineHasThePrefix(text: String, expected: String) {
        #expect(output(of: text) == expected)
    }

    @Test func aLineOfTheLimitIsWholeAndALongerOneComesInPieces() {
        #expect(output(of: "1234\n", lineLimit: 4) == "db │ 1234\n")
        #expect(output(of: "12345\n", lineLimit: 4) == "db │ 1234\ndb │ 5\n")
        #expect(output(of: "123456789\nab", lineLimit: 4) == "db │ 1234\ndb │ 5678\ndb │ 9\ndb │ ab\n")
    }

    @Test func anUnfinishedLineIsHeldBackUntilItsEnd() {
        var prefixer = OutputPrefixer(prefix: Array("db │ ".utf8))
        var output: [UInt8] = []
        unsafe Array("one\ntw".utf8).withUnsafeBytes { unsafe prefixer.append($0, to: &output) }
        #expect(output == Array("db │ one\n".utf8))
        unsafe Array("o\n".utf8).withUnsafeBytes { unsafe prefixer.append($0, to: &output) }
        #expect(output == Array("db │ one\ndb │ two\n".utf8))
        prefixer.flush(to: &output)
        #expect(output == Array("db │ one\ndb │ two\n".utf8))
    }

    @Test func whereTheStreamIsCutMakesNoDifference() {
        let stream: [UInt8] = Array("ab\n\nlonger than all\n\u{1B}[1mx\r\n".utf8) + [0xFF, 0x00, 0x0A, 0x0A, 0xC3]
        for limit in [1, 3, 5, 1000] {
            let whole = output(of: [stream[...]], lineLimit: limit)
            for first in stream.indices {
                for second in first...stream.endIndex {
                    let chunks = [stream[..<first], stream[first..<second], stream[second...]]
                    #expect(output(of: chunks, lineLimit: limit) == whole)
                }
            }
            #expect(output(of: stream.indices.map { stream[$0...$0] }, lineLimit: limit) == whole)
        }
    }

    @Test func everyByteIsPassedOn() {
        let line: [UInt8] = (0...255).filter { $0 != 0x0A }
        #expect(output(of: [line[...]]) == Array("db │ ".utf8) + line + [0x0A])
    }
}
