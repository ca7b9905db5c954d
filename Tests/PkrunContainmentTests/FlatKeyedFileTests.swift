import Testing

@testable import PkrunContainment

@Suite struct FlatKeyedFileTests {
    private let file = FlatKeyedFile(Array("populated 1\nfrozen 0\noom_kill 3\noom 12\n".utf8)[...])

    @Test func `a number is found by its whole key`() {
        #expect(file["populated"] == 1)
        #expect(file["frozen"] == 0)
        #expect(file["oom"] == 12)
        #expect(file["oom_kill"] == 3)
    }

    @Test func `what is not there is nothing`() {
        #expect(file["pop"] == nil)
        #expect(file["1"] == nil)
        #expect(FlatKeyedFile([])["populated"] == nil)
    }

    @Test(arguments: ["key", "key ", "key x", "key 1x", "key -1", " key 1", "key 99999999999999999999"])
    func `what is no number is none`(text: String) {
        #expect(FlatKeyedFile(Array(text.utf8)[...])["key"] == nil)
    }

    @Test func `the last line needs no end`() {
        #expect(FlatKeyedFile(Array("a 1\nb 2".utf8)[...])["b"] == 2)
    }

    /// What is read into a buffer begins somewhere in it.
    @Test func `a part of a buffer is read as such`() {
        let buffer = Array("xx\nkey 7\nkey 8\n".utf8)
        #expect(FlatKeyedFile(buffer[3...])["key"] == 7)
        #expect(FlatKeyedFile(buffer[..<3])["key"] == nil)
    }
}
