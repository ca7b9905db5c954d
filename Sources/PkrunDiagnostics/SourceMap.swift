/// Turns places in files into lines and columns, for reports that other programs read.
package struct SourceMap {
    /// One for each file that has been asked for.
    private var tables: [ObjectIdentifier: LineTable] = [:]

    package init() {}

    /// A stretch of a file; lines and columns count from 1, columns in Unicode scalars. The end lies behind the last.
    package struct Region: Equatable, Sendable {
        package var path: String
        package var line: Int
        package var column: Int
        package var endLine: Int
        package var endColumn: Int
    }

    package mutating func region(of range: SourceRange) -> Region {
        let key = ObjectIdentifier(range.file)
        let table = tables[key] ?? LineTable(range.file.text)
        tables[key] = table
        let start = table.position(of: range.offsets.lowerBound)
        let end = table.position(of: range.offsets.upperBound)
        return Region(
            path: range.file.path,
            line: start.line,
            column: start.column,
            endLine: end.line,
            endColumn: end.column
        )
    }
}
