/// A file of lines of a key and a number each, which is what most files of cgroups(7) are.
struct FlatKeyedFile {
    private let text: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) { self.text = text }

    /// `nil` where there is no such line. Without a copy of anything: some of these files are read for every process.
    subscript(key: StaticString) -> UInt64? {
        let text = text.span
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
            if let number = Self.number(in: text.extracting(start..<end), after: key) { return number }
            start = end + 1
        }
        return nil
    }

    private static func number(in line: Span<UInt8>, after key: StaticString) -> UInt64? {
        let length = key.utf8CodeUnitCount
        // A number of twenty digits may be none of 64 bits.
        guard line.count > length + 1, line.count < length + 21, line[length] == UInt8(ascii: " ") else { return nil }
        let isKey = key.withUTF8Buffer { key in key.indices.allSatisfy { unsafe key[$0] == line[$0] } }
        guard isKey else { return nil }
        var number: UInt64 = 0
        for index in (length + 1)..<line.count {
            let digit = line[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + UInt64(digit)
        }
        return number
    }
}
