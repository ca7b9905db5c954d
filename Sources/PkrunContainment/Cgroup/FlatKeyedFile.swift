/// A file of lines of a key and a number each, which is what most files of cgroups(7) are.
struct FlatKeyedFile {
    private let text: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) { self.text = text }

    /// `nil` where there is no such line. Without a copy of anything: some of these files are read for every process.
    subscript(key: StaticString) -> UInt64? {
        var rest = text
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            if let number = Self.number(in: line, after: key) { return number }
            rest = rest[line.endIndex...].dropFirst()
        }
        return nil
    }

    private static func number(in line: ArraySlice<UInt8>, after key: StaticString) -> UInt64? {
        let length = key.utf8CodeUnitCount
        guard line.count > length + 1, line[line.startIndex + length] == UInt8(ascii: " ") else { return nil }
        let isKey = key.withUTF8Buffer { unsafe line.starts(with: $0) }
        guard isKey else { return nil }
        let digits = line.dropFirst(length + 1)
        guard digits.count < 20, digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
    }
}
