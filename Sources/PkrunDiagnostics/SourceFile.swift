/// A text that diagnostics point into, under the name by which the user knows it.
///
/// A class, so that a range can carry its file for the price of a pointer.
package final class SourceFile: Sendable {
    /// As the user wrote it; not necessarily absolute.
    package let path: String
    /// Without a byte order mark.
    package let text: String
    /// Absolute path of the directory that holds it: where relative paths in it begin. Empty where nobody knows.
    package let directory: String
    /// The place in another file that brought this one in.
    package let origin: SourceRange?

    package init(path: String, text: String, directory: String = "", origin: SourceRange? = nil) {
        self.path = path
        self.text = text
        self.directory = directory
        self.origin = origin
    }

    /// The place of so many Unicode scalars from the start of the text.
    package func range(_ offsets: Range<Int>) -> SourceRange { SourceRange(self, offsets) }

    /// The beginning of the file, for what is wrong with the file as a whole.
    package var start: SourceRange { SourceRange(self, 0..<0) }
}

extension SourceFile: Equatable {
    package static func == (left: SourceFile, right: SourceFile) -> Bool { left === right }
}
