extension SourceFile {
    /// Nobody writes a longer manifest by hand; what is longer is refused before it is looked at.
    package static let sizeLimit = 8 << 20

    /// Takes a file's bytes as text: UTF-8, no control characters but tab and line breaks.
    ///
    /// A reader of files does well to stop at `sizeLimit` + 1 bytes; the answer is the same.
    /// - Throws: a located diagnostic.
    package static func decode(
        _ bytes: [UInt8],
        path: String,
        directory: String = "",
        origin: SourceRange? = nil
    ) throws(Diagnostic) -> SourceFile {
        guard bytes.count <= sizeLimit else {
            throw Diagnostic(
                .tooLarge,
                "the file has more than \(sizeLimit >> 20) MB",
                at: SourceFile(path: path, text: "", origin: origin).start
            )
        }
        let content = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
        do {
            _ = try UTF8Span(validating: content.span)
        } catch {
            let file = SourceFile(path: path, text: String(decoding: content, as: UTF8.self), origin: origin)
            let valid = content.prefix(error.byteOffsets.lowerBound)
            throw Diagnostic(
                .invalidEncoding,
                "the file is not valid UTF-8",
                at: file.range(scalarAt: valid),
                hint: "this byte is \(hexadecimal(content[valid.endIndex]))"
            )
        }
        let file = SourceFile(
            path: path,
            text: String(decoding: content, as: UTF8.self),
            directory: directory,
            origin: origin
        )
        if let index = content.firstIndex(where: isForbidden) {
            throw Diagnostic(
                .invalidEncoding,
                "the file contains a control character",
                at: file.range(scalarAt: content[..<index]),
                hint: "this byte is \(hexadecimal(content[index]))"
            )
        }
        return file
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != UInt8(ascii: "\t") && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
            || byte == 0x7F
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "0x\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
    }

    /// The one character that follows these bytes.
    private func range(scalarAt prefix: ArraySlice<UInt8>) -> SourceRange {
        // Every scalar has exactly one byte that is not a continuation byte.
        let offset = prefix.count { $0 & 0xC0 != 0x80 }
        return range(offset..<offset + 1)
    }
}
