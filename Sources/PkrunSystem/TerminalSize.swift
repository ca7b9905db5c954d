internal import CPkrunLinux

/// The size of a terminal's window in characters.
package struct TerminalSize: Equatable, Sendable {
    package var rows: UInt16
    package var columns: UInt16

    package init(rows: UInt16, columns: UInt16) {
        self.rows = rows
        self.columns = columns
    }

    /// That of terminals which have no window.
    package static let usual = TerminalSize(rows: 24, columns: 80)
}

extension Descriptor {
    /// TIOCGWINSZ, ioctl_tty(2); `nil` for what is no terminal, or does not know.
    package var terminalSize: TerminalSize? {
        var size = TerminalSize(rows: 0, columns: 0)
        guard unsafe pkrun_get_terminal_size(number, &size.rows, &size.columns) == 0, size.rows > 0, size.columns > 0
        else { return nil }
        return size
    }
}
