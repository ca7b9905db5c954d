internal import CPkrunLinux
internal import Glibc

/// Both sides of a pseudo-terminal; pty(7).
///
/// It begins as every terminal does: what is typed is echoed and comes in lines, Ctrl-C is SIGINT to the foreground,
/// and a newline that a program writes becomes a carriage return and a newline. Programs change that as they like.
///
/// The side of the programs is open here too: one that closes it and opens `/dev/tty` later is heard all the same. When
/// this value goes, the window is closed: the kernel sends SIGHUP to whoever is still there.
package final class TerminalPair {
    private let own: OwnedDescriptor
    private let programs: OwnedDescriptor

    /// - Parameter echoes: whether what is typed shows among what is written.
    package init(_ size: TerminalSize, echoes: Bool = true) throws(SystemError) {
        var sides: [Int32] = [-1, -1]
        guard unsafe pkrun_open_terminal(&sides) == 0 else {
            throw SystemError("open", "/dev/ptmx", errorNumber: errno)
        }
        own = OwnedDescriptor(taking: sides[0])
        programs = OwnedDescriptor(taking: sides[1])
        try own.borrowed.setNonblocking(true)
        try resize(to: size)
        if !echoes { try stopEchoing() }
    }

    /// What becomes a program's standard streams, and its controlling terminal.
    package var programSide: Int32 { programs.number }

    /// A further descriptor of this side: what is written to it is typed, what is read from it is on the screen. Reads
    /// fail with EIO once a program has hung the terminal up.
    package func ownSide() throws(SystemError) -> OwnedDescriptor { try own.borrowed.duplicate() }

    /// TIOCSWINSZ, ioctl_tty(2). The foreground gets SIGWINCH where the size is another than before.
    package func resize(to size: TerminalSize) throws(SystemError) {
        try own.borrowed.checking("ioctl") { pkrun_set_terminal_size(own.number, size.rows, size.columns) }
    }

    /// Makes it that of a user, who may open it by its name then; as login(1) does.
    package func give(to userID: UInt32) throws(SystemError) {
        try programs.borrowed.checking("fchown") { fchown(programs.number, userID, gid_t.max) }
    }

    private func stopEchoing() throws(SystemError) {
        var settings = termios()
        try programs.borrowed.checking("tcgetattr") { unsafe tcgetattr(programs.number, &settings) }
        settings.c_lflag &= ~tcflag_t(ECHO)
        try programs.borrowed.checking("tcsetattr") { unsafe tcsetattr(programs.number, TCSANOW, &settings) }
    }
}
