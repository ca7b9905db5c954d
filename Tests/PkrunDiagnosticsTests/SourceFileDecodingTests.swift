import PkrunDiagnostics
import Testing

@Suite struct SourceFileDecodingTests {
    private func failure(_ bytes: [UInt8]) -> Diagnostic? {
        do throws(Diagnostic) {
            _ = try SourceFile.decode(bytes, path: "jobs.yaml")
            return nil
        } catch {
            return error
        }
    }

    @Test func aByteOrderMarkIsNoText() throws {
        #expect(try SourceFile.decode([0xEF, 0xBB, 0xBF] + Array("a: ü".utf8), path: "x").text == "a: ü")
    }

    @Test(
        arguments: [
            ([0x61, 0xFF], 1), (Array("é\n".utf8) + [0xC3], 2), (Array("日".utf8) + [0xED, 0xA0, 0x80], 1),
            ([0xEF, 0xBB, 0xBF, 0x61, 0x62, 0x80], 2),
        ] as [([UInt8], Int)]
    )
    func invalidUTF8IsLocatedInCharacters(bytes: [UInt8], offset: Int) {
        let diagnostic = failure(bytes)
        #expect(diagnostic?.code == .invalidEncoding)
        #expect(diagnostic?.range?.offsets.lowerBound == offset)
    }

    @Test(arguments: [0x00, 0x07, 0x1B, 0x7F] as [UInt8])
    func controlCharactersAreRefusedWhereTheyStand(byte: UInt8) {
        let diagnostic = failure(Array("ü: ".utf8) + [byte])
        #expect(diagnostic?.code == .invalidEncoding)
        #expect(diagnostic?.range?.offsets == 3..<4)
    }

    @Test func tabsAndLineBreaksAreText() {
        #expect(failure(Array("a:\tb\r\n".utf8)) == nil)
    }

    @Test func aHugeFileIsRefusedByItsSize() {
        #expect(failure([UInt8](repeating: 0x20, count: 100 << 20))?.code == .tooLarge)
        #expect(failure([UInt8](repeating: 0x20, count: SourceFile.sizeLimit)) == nil)
    }
}
