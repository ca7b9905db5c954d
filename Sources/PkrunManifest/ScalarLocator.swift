package import PkrunDiagnostics

/// Finds the place of a part of a scalar in the text that it was written in.
///
/// Quotes, escapes and folding move characters about, but none of them makes or removes a dollar sign (unless somebody
/// escapes one, and then the whole scalar is the place): the n-th of the value is the n-th of the text. The same holds
/// for the values of environment files.
package struct ScalarLocator {
    /// Where the last search ended: most of them go forward, and counting from the start each time would cost.
    private var offset = 0
    private var index: String.Index?

    package init() {}

    /// The place of an expression that begins with `$`, given as UTF-8 offsets into the scalar's text.
    package mutating func range(of expression: Range<Int>, in scalar: String, at range: SourceRange) -> SourceRange {
        let value = Array(scalar.utf8)
        let written = text(of: range)
        let ordinal = value[..<expression.lowerBound].count { $0 == Self.dollar }
        guard written.count(where: { $0 == "$" }) == value.count(where: { $0 == Self.dollar }) else { return range }
        var seen = -1
        let position = written.firstIndex { scalar in
            if scalar == "$" { seen += 1 }
            return seen == ordinal
        }
        guard let position else { return range }
        let length = String(decoding: value[expression], as: UTF8.self).unicodeScalars.count
        let start = range.offsets.lowerBound + written.distance(from: written.startIndex, to: position)
        return range.file.range(start..<min(start + length, range.offsets.upperBound))
    }

    private static let dollar = UInt8(ascii: "$")

    private mutating func text(of range: SourceRange) -> Substring.UnicodeScalarView {
        let scalars = range.file.text.unicodeScalars
        let start =
            scalars.index(index ?? scalars.startIndex, offsetBy: range.offsets.lowerBound - offset)
        let end = scalars.index(start, offsetBy: range.offsets.count, limitedBy: scalars.endIndex) ?? scalars.endIndex
        offset = range.offsets.lowerBound
        index = start
        return scalars[start..<end]
    }
}
