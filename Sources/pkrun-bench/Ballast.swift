/// Memory that a process holds, and that a fork would have to take along.
struct Ballast {
    private var bytes: [UInt8]

    init(megabytes: Int) { bytes = Array(repeating: 1, count: megabytes << 20) }

    /// Holds it until here.
    func drop() { withExtendedLifetime(bytes) {} }
}
