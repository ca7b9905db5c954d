/// The written form of sizes: `1048576`, `512K`, `64M`, `2G`; units are powers of 1024.
package enum SizeText {
    private static let units = ["K", "M", "G", "T"]

    /// Reads a whole number with a unit, which may go on with `iB` or `B`, in any case; `nil` for anything else.
    package static func parse(_ text: String) -> UInt64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = UInt64(digits) else { return nil }
        var unit = text[digits.endIndex...].uppercased()
        if unit.count > 1 {
            unit = ["IB", "B"].first { unit.hasSuffix($0) }.map { String(unit.dropLast($0.count)) } ?? "?"
        }
        if unit.isEmpty || unit == "B" { return number }
        guard let power = units.firstIndex(of: unit) else { return nil }
        let (size, overflow) = number.multipliedReportingOverflow(by: 1 << (10 * (UInt64(power) + 1)))
        return overflow ? nil : size
    }

    /// The shortest text that `parse` reads as this size.
    package static func format(_ size: UInt64) -> String {
        let power = size == 0 ? 0 : min(size.trailingZeroBitCount / 10, units.count)
        return power == 0 ? String(size) : "\(size >> (10 * UInt64(power)))\(units[power - 1])"
    }
}
