internal import PkrunManifest

/// Writes the YAML of a manifest: block maps, flow lists, and scalars in a form that every reader takes for text where
/// text is meant. Dollar signs are doubled, so that nothing is replaced when it is read again.
struct YAMLWriter {
    private(set) var text = ""
    private var indentation = 0
    /// The next line belongs to an item of a list and begins with its dash.
    private var beginsItem = false
    /// Whether dollar signs stand for themselves already: in what has not been interpolated.
    private let keepsDollars: Bool

    init(keepsDollars: Bool = false) { self.keepsDollars = keepsDollars }

    mutating func entry(_ key: String, _ value: String) { line(key, scalar(value)) }

    mutating func entry(_ key: String, number: Int) { line(key, String(number)) }

    /// In quotes: readers of YAML disagree about octal numbers.
    mutating func entry(_ key: String, octal number: UInt32) {
        let digits = String(number, radix: 8)
        line(key, "\"\(String(repeating: "0", count: max(4 - digits.count, 1)))\(digits)\"")
    }

    mutating func entry(_ key: String, decimal: Double) { line(key, decimal.description) }

    mutating func entry(_ key: String, duration: Duration) { line(key, DurationText.format(duration)) }

    mutating func entry(_ key: String, flag: Bool) { line(key, String(flag)) }

    /// What readers of YAML take for a number, a truth or a duration.
    mutating func entry(_ key: String, plain: String) { line(key, plain) }

    mutating func entry(null key: String) { line(key, "null") }

    mutating func entry(_ key: String, list: [String]) {
        line(key, "[\(list.map(scalar).joined(separator: ", "))]")
    }

    mutating func entry(_ key: String, numbers: [Int]) {
        line(key, "[\(numbers.map(String.init).joined(separator: ", "))]")
    }

    mutating func map(_ key: String, _ write: (inout YAMLWriter) -> Void) {
        line(key, nil)
        indentation += 1
        write(&self)
        indentation -= 1
    }

    /// A line of its own, which begins with `#`.
    mutating func comment(_ text: String) {
        self.text += String(repeating: "  ", count: beginsItem ? indentation - 1 : indentation) + text + "\n"
    }

    /// Text of several lines, as it is.
    mutating func block(_ key: String, _ text: String) {
        line(key, text.hasSuffix("\n") ? "|" : "|-")
        let margin = String(repeating: "  ", count: indentation + 1)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in text.hasSuffix("\n") ? lines.dropLast() : lines {
            self.text += line.isEmpty ? "\n" : "\(margin)\(line)\n"
        }
    }

    /// Whether a reader takes the block for the same text.
    static func fitsBlock(_ text: String) -> Bool {
        guard text.contains("\n"), let first = text.first, first != " ", first != "\n", !text.hasSuffix("\n\n") else {
            return false
        }
        return text.unicodeScalars.allSatisfy { $0 == "\n" || isPrintable($0) }
    }

    /// A list of maps.
    mutating func list<Item>(_ key: String, of items: [Item], _ write: (Item, inout YAMLWriter) -> Void) {
        guard !items.isEmpty else {
            line(key, "[]")
            return
        }
        line(key, nil)
        indentation += 2
        for item in items {
            beginsItem = true
            write(item, &self)
        }
        indentation -= 2
    }

    private mutating func line(_ key: String, _ value: String?) {
        let margin = String(repeating: "  ", count: beginsItem ? indentation - 1 : indentation)
        text += margin + (beginsItem ? "- " : "") + "\(Self.key(key)):\(value.map { " \($0)" } ?? "")\n"
        beginsItem = false
    }

    private static func key(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    private func scalar(_ text: String) -> String {
        if keepsDollars { return Self.isPlain(text) ? text : Self.quoted(text) }
        // By scalars: a mark that combines with a dollar sign does not make it another character for a reader.
        var escaped = ""
        var isInReference = false
        for scalar in text.unicodeScalars {
            // A secret keeps its name.
            if scalar == "\0" {
                escaped += isInReference ? "}" : "${"
                isInReference.toggle()
                continue
            }
            if scalar == "$" { escaped.unicodeScalars.append(scalar) }
            escaped.unicodeScalars.append(scalar)
        }
        return Self.isPlain(escaped) ? escaped : Self.quoted(escaped)
    }

    /// Words, options and paths that have nothing special in them and mean nothing else anywhere.
    private static func isPlain(_ text: String) -> Bool {
        let prefix = ["--", "-", "./"].first { text.hasPrefix($0) } ?? ""
        guard let first = text.utf8.dropFirst(prefix.utf8.count).first,
            first.isASCIILetter || first == UInt8(ascii: "/")
        else { return false }
        let isInert = text.utf8.allSatisfy { byte in
            byte.isASCIILetter || byte.isASCIIDigit || "_-./+@%=".utf8.contains(byte)
        }
        switch text.lowercased() {
        case "null", "true", "false", "yes", "no", "on", "off", "y", "n": return false
        default: return isInert
        }
    }

    /// In double quotes; YAML 1.2, 7.3.1.
    private static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\t": output += "\\t"
            case "\r": output += "\\r"
            case _ where isPrintable(scalar): output.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                output += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return output + "\""
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: false
        default: scalar.value != 0xFFFE && scalar.value != 0xFFFF
        }
    }
}
