/// The keys of one kind of map: how they are spelled and what stands behind them. Reader and suggestions share it.
package struct KeyTable<Key: Sendable>: Sendable {
    package struct Row: Sendable {
        package var key: Key
        package var name: String
        package var aliases: [String]
        package var shape: ValueShape
    }

    package let rows: [Row]
    /// Keys that the manifest language has and this version does not read yet.
    package let reserved: Set<String>
    /// Row numbers by every spelling.
    private let index: [String: Int]

    package init(_ rows: [Row], reserved: Set<String> = []) {
        self.rows = rows
        self.reserved = reserved
        var index: [String: Int] = [:]
        for (number, row) in rows.enumerated() {
            for spelling in [row.name] + row.aliases { index[spelling] = number }
        }
        self.index = index
    }

    package subscript(spelling: String) -> Row? { index[spelling].map { rows[$0] } }

    func spellings(of key: Key) -> [String] where Key: Equatable {
        rows.first { $0.key == key }.map { [$0.name] + $0.aliases } ?? []
    }

    /// Every spelling, the preferred ones first.
    package var spellings: [String] { rows.map(\.name) + rows.flatMap(\.aliases) }
}

extension KeyTable.Row where Key: RawRepresentable<String> {
    init(_ key: Key, _ shape: ValueShape, aliases: String...) {
        self.init(key: key, name: key.rawValue, aliases: aliases, shape: shape)
    }
}
