import PkrunLogs
import Testing

@Suite struct LineFramerTests {
    private func lines(of chunks: [[UInt8]], limit: Int = 65_536) -> [[UInt8]] {
        var framer = LineFramer(limit: limit)
        var lines: [[UInt8]] = []
        for chunk in chunks {
            framer.feed(chunk.span) { line in
                lines.append(line.indices.map { line[$0] })
                return true
            }
        }
        return lines
    }

    @Test func `lines are the same wherever the chunks are cut`() {
        let text = Array("one\n\ntwo\r\nthree \u{1F600}\n\0x\nrest".utf8)
        let whole = lines(of: [text])
        #expect(whole == ["one", "", "two\r", "three \u{1F600}", "\0x"].map { Array($0.utf8) })
        for cut in 0...text.count {
            #expect(lines(of: [Array(text[..<cut]), Array(text[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(lines(of: text.map { [$0] }) == whole)
    }

    @Test func `a line longer than the limit is cut, and the next one is whole`() {
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 100)
        for pieces in [[long + [10, 98, 10]], [long, long, [10, 98, 10]]] {
            #expect(lines(of: pieces, limit: 16) == [Array(long.prefix(16)), [98]])
        }
    }

    @Test func `nothing more is handed over once the reader has had enough`() {
        var framer = LineFramer()
        var seen = 0
        framer.feed(Array("a\nb\nc\n".utf8).span) { _ in
            seen += 1
            return seen < 2
        }
        #expect(seen == 2)
    }
}
