internal import PkrunSystem
internal import Testing

/// The table of contracts names tests that exist.
@Suite struct ContractTableTests {
    @Test func everyContractHasATestThatExists() throws {
        let tests = #filePath.split(separator: "/").dropLast(2).reduce(into: "") { $0 += "/\($1)" }
        let table = try Self.text("\(tests)/CONTRACTS.md")
        let sources = try FileSystem.entries(of: tests).filter(\.isDirectory).flatMap { room in
            try FileSystem.entries(of: "\(tests)/\(room.name)").filter { $0.name.hasSuffix(".swift") }
                .map { try Self.text("\(tests)/\(room.name)/\($0.name)") }
        }
        for line in (1...17).flatMap({ ["| A\($0) |", "| B\($0) |"] }) { #expect(table.contains("\n\(line) ")) }
        for row in table.split(separator: "\n").filter({ $0.hasPrefix("| A") || $0.hasPrefix("| B") }) {
            let names = row.split(separator: "`").filter { $0.contains("Tests.") }
            #expect(!names.isEmpty || row.contains("not tested"), "\(row)")
            for name in names {
                let words = name.split(separator: ".")
                #expect(
                    sources.contains { $0.contains("struct \(words[0]) ") && $0.contains("func \(words[1])(") },
                    "there is no test \(name)"
                )
            }
        }
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try FileSystem.contents(of: path), as: UTF8.self)
    }
}
