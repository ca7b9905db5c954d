internal import Glibc

/// A datagram socket with an abstract name, unix(7), that a process tells its state through; sd_notify(3).
package final class NotifySocket {
    private let socket: OwnedDescriptor
    /// For the environment variable `NOTIFY_SOCKET`.
    package let name: String

    /// - Parameter name: unique on this machine, at most 100 bytes.
    package init(name: String) throws(SystemError) {
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(AF_UNIX, kind, 0)
        guard number >= 0 else { throw SystemError("socket", name, errorNumber: errno) }
        socket = OwnedDescriptor(taking: number)
        self.name = "@\(name)"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // An abstract name begins with a NUL and ends with the address.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { path in
            unsafe path.dropFirst().copyBytes(from: name.utf8.prefix(100))
        }
        let header = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: address.sun_path)
        let length = socklen_t(header + 1 + min(name.utf8.count, 100))
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(number, $0, length) }
        }
        guard status == 0 else { throw SystemError("bind", self.name, errorNumber: errno) }
    }

    package var descriptor: Int32 { socket.number }

    /// The assignments of the next datagram, such as `READY=1`; `nil` where none has come.
    package func receive() -> [String]? {
        // Longer messages are cut; systemd itself takes no more than a page.
        var buffer = [UInt8](repeating: 0, count: 4096)
        guard let count = try? socket.borrowed.read(into: &buffer) else { return nil }
        return buffer[..<count].split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}
