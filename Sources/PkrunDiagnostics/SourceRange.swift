/// A stretch of a source text, counted in Unicode scalars from its start.
///
/// Lines and columns are worked out only when a diagnostic is drawn.
package struct SourceRange: Hashable, Sendable {
    package let file: SourceFile
    private let start: UInt32
    private let end: UInt32

    package init(_ file: SourceFile, _ offsets: Range<Int>) {
        self.file = file
        start = UInt32(clamping: offsets.lowerBound)
        end = UInt32(clamping: offsets.upperBound)
    }

    package var offsets: Range<Int> { Int(start)..<Int(end) }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(file))
        hasher.combine(start)
        hasher.combine(end)
    }
}
