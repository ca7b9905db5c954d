/// A signal by its number on Linux; signal(7).
public struct Signal: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// SIGHUP: its terminal is gone; services reload.
    public static let hangUp = Signal(rawValue: 1)
    /// SIGINT: Ctrl-C.
    public static let interrupt = Signal(rawValue: 2)
    /// SIGQUIT: Ctrl-\, with a core dump.
    public static let quit = Signal(rawValue: 3)
    /// SIGKILL: cannot be caught.
    public static let kill = Signal(rawValue: 9)
    /// SIGUSR1
    public static let user1 = Signal(rawValue: 10)
    /// SIGUSR2
    public static let user2 = Signal(rawValue: 12)
    /// SIGPIPE: nobody reads what it writes.
    public static let brokenPipe = Signal(rawValue: 13)
    /// SIGTERM: it is asked to end.
    public static let terminate = Signal(rawValue: 15)
    /// SIGCONT: it goes on where it was stopped.
    public static let `continue` = Signal(rawValue: 18)
}
