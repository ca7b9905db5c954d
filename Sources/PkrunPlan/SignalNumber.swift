/// A signal by its Linux number; signal(7). The numbers are those of x86_64 and aarch64.
package struct SignalNumber: Hashable, Sendable {
    package let rawValue: Int32

    /// - Returns: nil unless the number is one of 1…64.
    package init?(rawValue: Int32) {
        guard (1...64).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(known number: Int32) { rawValue = number }

    package static let hup = SignalNumber(known: 1)
    package static let int = SignalNumber(known: 2)
    package static let quit = SignalNumber(known: 3)
    package static let kill = SignalNumber(known: 9)
    package static let usr1 = SignalNumber(known: 10)
    package static let usr2 = SignalNumber(known: 12)
    package static let winch = SignalNumber(known: 28)
    package static let term = SignalNumber(known: 15)
    package static let cont = SignalNumber(known: 18)

    private static let names: [String] = [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ]

    /// Every name that `init(parsing:)` knows, for suggestions.
    package static var allNames: [String] { names }

    /// Reads `TERM`, `SIGTERM` (in any case) or `15`.
    package init?(parsing text: String) {
        if let number = Int32(text) {
            self.init(rawValue: number)
            return
        }
        let upper = text.uppercased()
        let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self.init(known: Int32(index + 1))
    }
}

extension SignalNumber: CustomStringConvertible {
    /// `TERM`; `nil` for real-time signals, which have no name.
    package var name: String? {
        let index = Int(rawValue) - 1
        return index < Self.names.count ? Self.names[index] : nil
    }

    /// `SIGTERM`, or `signal 40` where there is no name.
    package var description: String { name.map { "SIG\($0)" } ?? "signal \(rawValue)" }
}
