package import PkrunDiagnostics

/// Finds the places of parts of a scalar in the text that it was written in.
///
/// Quotes, escapes and folding move characters about, but none of them makes or removes a dollar sign (unless somebody
/// escapes one, and then the whole scalar is the place): the n-th of the value is the n-th of the text. The same holds
/// for the values of environment files.
package struct ScalarLocator {
    /// Where the last search began: most of them go forward, and counting from the start each time would cost.
    private var file: SourceFile?
    private var offset = 0
    private var index: String.Index?

    package init() {}

    /// The places of expressions that begin with `$`, given as UTF-8 offsets into the scalar's text.
    package mutating func ranges(of expressions: [Range<Int>], in scalar: String, at range: SourceRange)
        -> [SourceRange]
    {
        let value = Array(scalar.utf8)
        let dollars = value.indices.filter { value[$0] == UInt8(ascii: "$") }
        let written = text(of: range)
        let writtenDollars = written.enumerated().filter { $1 == "$" }.map(\.offset)
        guard dollars.count == writtenDollars.count else { return expressions.map { _ in range } }
        // Both are in order, and most expressions come in order too.
        var ordinal = 0
        return expressions.map { expression in
            if dollars[ordinal] > expression.lowerBound { ordinal = 0 }
            while dollars[ordinal] < expression.lowerBound { ordinal += 1 }
            let length = String(decoding: value[expression], as: UTF8.self).unicodeScalars.count
            let start = range.offsets.lowerBound + writtenDollars[ordinal]
            return range.file.range(start..<min(start + length, range.offsets.upperBound))
        }
    }

    private mutating func text(of range: SourceRange) -> Substring.UnicodeScalarView {
        if file != range.file {
            file = range.file
            offset = 0
            index = nil
        }
        let scalars = range.file.text.unicodeScalars
        let start = scalars.index(index ?? scalars.startIndex, offsetBy: range.offsets.lowerBound - offset)
        let end = scalars.index(start, offsetBy: range.offsets.count, limitedBy: scalars.endIndex) ?? scalars.endIndex
        offset = range.offsets.lowerBound
        index = start
        return scalars[start..<end]
    }
}
