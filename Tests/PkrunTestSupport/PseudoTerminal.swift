import Glibc
import PkrunSystem

/// A terminal without a screen; pty(7). Letting go of it is closing the window.
package final class PseudoTerminal {
    /// Of the side that programs use.
    package let path: String
    private let master: OwnedDescriptor

    package init() throws {
        master = try .open("/dev/ptmx", [.readWrite, .nonblocking, .noControllingTerminal])
        var locked: Int32 = 0
        var number: Int32 = 0
        guard unsafe ioctl(master.number, Self.setLock, &locked) == 0,
            unsafe ioctl(master.number, Self.getNumber, &number) == 0
        else { throw SystemError("ioctl", "/dev/ptmx", errorNumber: errno) }
        path = "/dev/pts/\(number)"
    }

    /// TIOCSPTLCK and TIOCGPTN, which Swift does not import; ioctl_tty(2).
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    /// Gives its window another size.
    package func resize(rows: UInt16, columns: UInt16) throws {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard unsafe ioctl(master.number, UInt(TIOCSWINSZ), &size) == 0 else {
            throw SystemError("ioctl", path, errorNumber: errno)
        }
    }

    /// Types on its keyboard.
    package func type(_ text: String) throws { try master.borrowed.writeAll(text) }

    /// Ctrl-C.
    package func interrupt() throws { try type("\u{03}") }

    /// Takes what has been written to its screen since the last time.
    package func read() -> String {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while let count = try? master.borrowed.read(into: &chunk), count > 0 { all += chunk.prefix(count) }
        return String(decoding: all, as: UTF8.self)
    }

    /// Reads until the text is on the screen.
    package func waitFor(_ text: String) -> Bool {
        var screen = ""
        return eventually {
            screen += read()
            return screen.contains(text)
        }
    }
}
