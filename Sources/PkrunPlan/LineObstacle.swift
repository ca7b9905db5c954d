/// What keeps a pattern from ever matching a line of output: line breaks end lines, and escape sequences are removed.
enum LineObstacle: String {
    case lineBreak = "a line break"
    case escape = "an escape character"

    /// Looks for characters that every match would have to contain. Where brackets or alternatives leave a choice, it
    /// finds nothing.
    init?(in pattern: String) {
        var found: LineObstacle?
        let bytes = Array(pattern.utf8)
        var index = 0
        while index < bytes.count {
            let isEscaped = bytes[index] == UInt8(ascii: "\\") && index + 1 < bytes.count
            guard isEscaped || !"|[(".utf8.contains(bytes[index]) else { return nil }
            let obstacle = isEscaped ? Self.escaped(bytes[index + 1]) : Self.literal(bytes[index])
            index += isEscaped ? 2 : 1
            let isRequired = index == bytes.count || !"?*{".utf8.contains(bytes[index])
            if let obstacle, isRequired { found = found ?? obstacle }
        }
        guard let found else { return nil }
        self = found
    }

    /// What to do about it.
    var remedy: String {
        switch self {
        case .lineBreak: "leave out the line break"
        case .escape: "colour codes are removed before matching"
        }
    }

    private static func literal(_ byte: UInt8) -> LineObstacle? {
        byte == UInt8(ascii: "\n") ? .lineBreak : nil
    }

    /// `\n` and `\e`
    private static func escaped(_ byte: UInt8) -> LineObstacle? {
        switch byte {
        case UInt8(ascii: "n"), UInt8(ascii: "\n"): .lineBreak
        case UInt8(ascii: "e"): .escape
        default: nil
        }
    }
}
