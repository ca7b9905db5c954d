import PkrunEvents

/// The name of a run: names sort by time, and two runs that begin at the same time have different ones.
enum RunID {
    /// `20260102-030405-1a2b`
    static func make(at time: Timestamp) -> String {
        let digits = time.description.filter(\.isNumber)
        let salt = String(UInt16.random(in: 0x1000 ... .max), radix: 16)
        return "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(6))-\(salt)"
    }

    static func isValid(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 6, 4] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}
