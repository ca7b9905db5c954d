internal import PkrunSystem

/// A terminal of a process's own; pty(7).
///
/// It is the process's controlling terminal, and takes the place of the pipes to this program: of
/// ``StandardInput/none``, ``StandardInput/bytes(_:)`` and ``StandardInput/writer``, and of ``OutputTarget/captured``.
/// What is directed elsewhere, goes there. All that is written to the terminal arrives as standard output. Where a
/// command is run to its end nobody types but ``StandardInput/bytes(_:)``, and then Ctrl-D, once: a program that throws
/// away what was typed before it asks, as those do that want a password, waits for its ``Command/timeout``.
///
/// It begins as every terminal does: a newline that is written arrives as a carriage return and a newline, what is
/// typed comes in lines, and Ctrl-C (`"\u{03}"`) is SIGINT to the foreground. `stty raw` in the program changes that.
public struct Terminal: Sendable, Equatable {
    /// Lines of its window.
    public var rows: UInt16
    /// Characters in a line of its window.
    public var columns: UInt16
    /// Whether what is typed arrives among what is written, until the program says otherwise.
    public var echoes: Bool

    /// - Parameters:
    ///   - rows: lines of its window.
    ///   - columns: characters in a line of its window.
    ///   - echoes: whether what is typed arrives among what is written.
    public init(rows: UInt16 = 24, columns: UInt16 = 80, echoes: Bool = true) {
        self.rows = rows
        self.columns = columns
        self.echoes = echoes
    }

    var size: TerminalSize { TerminalSize(rows: rows, columns: columns) }
}
