internal import PkrunSystem
internal import Testing

@Suite struct FileSystemTests {
    @Test func everyEntryIsListed() throws {
        let directory = try TemporaryDirectory()
        // More than one call's worth of them.
        let names = (0..<2000).map { "file-\($0)-with-a-name-of-some-length" }
        for name in names { _ = try OwnedDescriptor.open("\(directory.path)/\(name)", [.writeOnly, .create]) }
        let entries = try FileSystem.entries(of: directory.path)
        #expect(Set(entries.map(\.name)) == Set(names))
        #expect(entries.allSatisfy { !$0.isDirectory })
    }

    @Test func errorsNameTheCallAndThePath() {
        let expected = SystemError("open", "/no/such/file", errorNumber: ErrorNumber.noEntry)
        #expect(throws: expected) { try FileSystem.contents(of: "/no/such/file") }
        #expect(expected.description == "open '/no/such/file': No such file or directory")
    }

    @Test func renameReplaces() throws {
        let directory = try TemporaryDirectory()
        for (name, text) in [("old", "1"), ("new", "2")] {
            let file = try OwnedDescriptor.open("\(directory.path)/\(name)", [.writeOnly, .create, .exclusive])
            try file.borrowed.writeAll(text)
        }
        try FileSystem.rename("\(directory.path)/new", to: "\(directory.path)/old")
        #expect(try FileSystem.contents(of: "\(directory.path)/old") == Array("2".utf8))
        #expect(try FileSystem.entries(of: directory.path).count == 1)
    }
}
