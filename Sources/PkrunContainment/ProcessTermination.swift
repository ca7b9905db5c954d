/// The numbers of the signals that the containment itself sends or reports; the same on x86_64 and aarch64, signal(7).
enum ProcessTermination {
    /// SIGKILL
    static let kill: Int32 = 9
    /// SIGCONT
    static let go: Int32 = 18
    /// SIGSTOP
    static let stop: Int32 = 19
}
