/// Where the lines of a text begin, for drawing diagnostics.
struct LineTable {
    private let text: String
    /// Scalar offset and index of each line's first character.
    private let starts: [(offset: Int, index: String.Index)]

    /// A line, and how far into it a place lies.
    struct Place {
        /// Counted from 1.
        var lineNumber: Int
        /// Without its line break.
        var line: Substring
        /// Where the place begins and ends in `line`; what reaches beyond the line is cut off.
        var range: Range<Substring.Index>

        /// Characters from the start of the line, counted from 1.
        var column: Int { line[..<range.lowerBound].count + 1 }
    }

    init(_ text: String) {
        self.text = text
        var starts = [(offset: 0, index: text.startIndex)]
        var offset = 0
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            index = scalars.index(after: index)
            offset += 1
            if scalar == "\n" || scalar == "\r" && (index == scalars.endIndex || scalars[index] != "\n") {
                starts.append((offset, index))
            }
        }
        self.starts = starts
    }

    func place(of offsets: Range<Int>) -> Place {
        let number = lineIndex(of: offsets.lowerBound)
        let start = starts[number]
        let end = number + 1 < starts.count ? starts[number + 1].index : text.endIndex
        let scalars = text[start.index..<end].unicodeScalars
        let lastVisible = scalars.lastIndex { $0 != "\n" && $0 != "\r" }
        let line = text[start.index..<(lastVisible.map(scalars.index(after:)) ?? start.index)]
        func index(at offset: Int) -> Substring.Index {
            line.unicodeScalars.index(line.startIndex, offsetBy: offset - start.offset, limitedBy: line.endIndex)
                ?? line.endIndex
        }
        return Place(
            lineNumber: number + 1,
            line: line,
            range: index(at: offsets.lowerBound)..<index(at: offsets.upperBound)
        )
    }

    /// Line and column of a place, both counted from 1, the column in Unicode scalars.
    func position(of offset: Int) -> (line: Int, column: Int) {
        let index = lineIndex(of: offset)
        return (index + 1, offset - starts[index].offset + 1)
    }

    /// The last line that begins at or before the offset.
    private func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = starts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle].offset <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
