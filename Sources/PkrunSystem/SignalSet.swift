/// Signals by their numbers, 1 to 64; signal(7).
package struct SignalSet: Sendable {
    /// Bit n - 1 is signal n, as the kernel has it.
    let bits: UInt64

    package static let every = SignalSet(bits: .max)

    package func contains(_ signal: Int32) -> Bool { bits & 1 << UInt64(signal - 1) != 0 }
}
