/// What was said last.
package enum LastLine {
    /// The last line that has anything to be read in it, without ANSI codes and other control characters.
    package static func text(in bytes: some Collection<UInt8>) -> String? {
        let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let texts = lines.reversed().lazy.map { line in
            String(decoding: ANSICodes.removed(from: Array(line).span), as: UTF8.self)
                .filter { !$0.isASCII || $0 >= " " }
        }
        return texts.first { $0.contains { !$0.isWhitespace } }
    }
}
