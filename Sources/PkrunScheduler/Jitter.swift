/// Makes pauses differ a little, so that jobs that ended together do not all come back together. The same seed makes
/// the same pauses again.
package struct Jitter: Sendable {
    /// The part of a pause by which it may be shorter or longer.
    package static let spread = 0.15

    private let seed: UInt64

    /// - Parameter name: the run's; pauses of different runs differ.
    package init(of name: String) {
        // FNV-1a: Swift's own hashes differ from process to process.
        seed = name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// - Parameters:
    ///   - job: its place in the plan.
    ///   - attempt: the one that has ended.
    package func spread(_ pause: Duration, job: Int, attempt: Int) -> Duration {
        // One step of SplitMix64 (Steele, Lea, Flood, 2014).
        var mixed = seed &+ 0x9E37_79B9_7F4A_7C15 &* (UInt64(job) << 32 | UInt64(attempt))
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        let fraction = Double((mixed ^ (mixed >> 31)) >> 11) / Double(1 << 53)
        return pause * (1 - Self.spread + 2 * Self.spread * fraction)
    }
}
