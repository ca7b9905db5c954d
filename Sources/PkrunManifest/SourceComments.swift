package import PkrunDiagnostics
internal import PkrunYAML

/// The comments of a manifest, by the line that each stands above or behind. Readers of YAML forget them.
package struct SourceComments: Sendable {
    package let file: SourceFile
    /// In front of everything; empty between those that stand apart.
    package private(set) var head: [String] = []
    /// Behind everything.
    package private(set) var tail: [String] = []
    private var lines: [Int: [String]] = [:]
    private var starts: [Int] = []

    /// - Parameters:
    ///   - texts: stretches in which a `#` begins no comment, in scalars.
    ///   - isYAML: comments may stand behind something, and the first thing is a key of the whole.
    init(_ file: SourceFile, outside texts: [Range<Int>], isYAML: Bool) {
        self.file = file
        let texts = texts.sorted { $0.lowerBound < $1.lowerBound }
        var next = texts[...]
        func isText(_ offset: Int) -> Bool {
            while let first = next.first, first.upperBound <= offset { next = next.dropFirst() }
            return next.first?.contains(offset) ?? false
        }
        var pending: [String] = []
        var hasBegun = false
        var offset = 0
        for (number, scalars) in file.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = Array(scalars)
            starts.append(offset)
            defer { offset += line.count + 1 }
            guard let first = line.firstIndex(where: { !$0.properties.isWhitespace }) else {
                if !hasBegun, !pending.isEmpty {
                    head += pending + [""]
                    pending = []
                }
                continue
            }
            let hash = line.indices.first { index in
                guard line[index] == "#", !isText(offset + index) else { return false }
                return index == first || isYAML && line[index - 1].properties.isWhitespace
            }
            let comment = hash.map { Self.trimmed(line[$0...]) }
            if hash == first {
                pending += comment.map { [$0] } ?? []
            } else {
                lines[number] = pending + (comment.map { [$0] } ?? [])
                pending = []
                if isYAML, !hasBegun { head += take(line: number) }
                hasBegun = true
            }
        }
        tail = pending
    }

    /// What stands above the line of a place, or behind it; handed out once.
    package mutating func take(above place: SourceRange) -> [String] {
        guard place.file == file else { return [] }
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= place.offsets.lowerBound { low = middle + 1 } else { high = middle }
        }
        return take(line: low - 1)
    }

    private mutating func take(line: Int) -> [String] { lines.removeValue(forKey: line) ?? [] }

    private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        while view.last?.properties.isWhitespace == true { view.removeLast() }
        return String(view)
    }
}

extension Node {
    /// Where its texts are written, keys included.
    var texts: [Range<Int>] {
        switch content {
        case .scalar: [range.offsets]
        case .sequence(let items): items.flatMap(\.texts)
        case .mapping(let entries): entries.flatMap { [$0.keyRange.offsets] + $0.value.texts }
        }
    }
}
