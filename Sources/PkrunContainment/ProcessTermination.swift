/// The numbers of the signals that the containment itself sends or reports; the same on every architecture, signal(7).
enum ProcessTermination {
    /// SIGKILL
    static let kill: Int32 = 9
}
