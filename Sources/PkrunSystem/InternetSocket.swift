/// A line of /proc/PID/net/tcp, tcp6, udp or udp6; proc_pid_net(5).
struct InternetSocket {
    var local: SocketAddress
    var remote: SocketAddress
    /// Two hexadecimal digits: those of TCP, include/net/tcp_states.h, which UDP borrows.
    var state: String
    var userID: UInt32
    var inode: UInt64

    /// Reads a line such as `0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 4242 …`.
    init?(line: some Collection<UInt8>) {
        let fields = line.split(separator: UInt8(ascii: " "))
        guard fields.count > 9, let local = SocketAddress(fields[1]), let remote = SocketAddress(fields[2]),
            let userID = UInt32(String(decoding: fields[7], as: UTF8.self)),
            let inode = UInt64(String(decoding: fields[9], as: UTF8.self))
        else { return nil }
        self.local = local
        self.remote = remote
        state = String(decoding: fields[3], as: UTF8.self)
        self.userID = userID
        self.inode = inode
    }
}
