/// The written form of durations: `500ms`, `10s`, `1m30s`, `2h`.
package enum DurationText {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
        ("ns", 1),
    ]

    /// No timer needs more, and sums of some of them still fit everywhere.
    private static let limitInNanoseconds: Int64 = 24 * 3650 * 3_600_000_000_000
    package static let limit = Duration.nanoseconds(limitInNanoseconds)

    /// Reads whole numbers with units, from the largest unit to the smallest, each at most once.
    ///
    /// - Returns: nil for anything else, and beyond ten years.
    package static func parse(_ text: String) -> Duration? {
        var rest = text.utf8[...]
        var remainingUnits = units[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isASCIIDigit)
            rest = rest[digits.endIndex...]
            let letters = rest.prefix(while: \.isASCIILetter)
            rest = rest[letters.endIndex...]
            let name = String(Substring(letters))
            guard let number = Int64(Substring(digits)),
                let unit = remainingUnits.firstIndex(where: { $0.name == name })
            else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: units[unit].nanoseconds)
            guard !overflow, product <= limitInNanoseconds - total else { return nil }
            total += product
            remainingUnits = remainingUnits[(unit + 1)...]
        }
        return text.isEmpty ? nil : .nanoseconds(total)
    }

    /// The shortest text that `parse` reads as this duration; below a nanosecond nothing is kept.
    package static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        var rest = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        var text = ""
        for unit in units where rest >= unit.nanoseconds {
            text += "\(rest / unit.nanoseconds)\(unit.name)"
            rest %= unit.nanoseconds
        }
        return text.isEmpty ? "0s" : text
    }
}
