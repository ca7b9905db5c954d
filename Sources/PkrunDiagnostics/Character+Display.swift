extension Character {
    /// How many columns a terminal gives to the character: 2 for East Asian wide ones and emoji, 0 for a lone combining
    /// mark, else 1. Unicode Standard Annex #11.
    var displayWidth: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        if scalar.isASCII { return 1 }
        if unicodeScalars.contains("\u{FE0F}") || scalar.properties.isEmojiPresentation { return 2 }
        if Self.wideBlocks.contains(where: { $0.contains(scalar.value) }) { return 2 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 1
        }
    }

    /// Whether a terminal obeys it instead of showing it.
    package var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }

    /// Hangul, CJK, kana, full-width forms and their extensions.
    private static let wideBlocks: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD,
    ]
}

extension Substring {
    /// The text with a replacement for every character that a terminal would obey instead of showing it.
    var visible: String {
        String(map { $0.isControl && $0 != "\t" ? "\u{FFFD}" : $0 })
    }
}
