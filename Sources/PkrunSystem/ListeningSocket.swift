/// A TCP socket that waits for connections, as /proc/net/tcp and tcp6 show it; proc_pid_net(5).
package struct ListeningSocket: Hashable, Sendable {
    package var port: UInt16
    /// The user who made it.
    package var userID: UInt32
    package var inode: UInt64

    /// Those in the network namespace of a process, IPv4 and IPv6; none where the process is gone.
    package static func all(seenBy processID: Int32) -> [ListeningSocket] {
        ["tcp", "tcp6"].flatMap { table in
            let lines = (try? FileSystem.contents(of: "/proc/\(processID)/net/\(table)")) ?? []
            return lines.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap { ListeningSocket(line: $0) }
        }
    }

    /// - Returns: nil for a line of another socket than one in TCP_LISTEN.
    package init?(line: some Collection<UInt8>) {
        guard let socket = InternetSocket(line: line), socket.state == "0A" else { return nil }
        port = socket.local.port
        userID = socket.userID
        inode = socket.inode
    }
}

extension ProcessRecord {
    /// The inodes of the sockets that a process has open, from the links in /proc/PID/fd.
    ///
    /// - Returns: `nil` where the process is gone, or belongs to somebody whose processes may not be looked into.
    package static func sockets(of processID: Int32) -> Set<UInt64>? {
        let directory = "/proc/\(processID)/fd"
        guard let entries = try? FileSystem.entries(of: directory) else { return nil }
        let prefix = "socket:["
        return Set(
            entries.compactMap { entry in
                guard let target = try? FileSystem.linkTarget("\(directory)/\(entry.name)"), target.hasPrefix(prefix)
                else { return nil }
                return UInt64(target.dropFirst(prefix.count).dropLast())
            }
        )
    }

    /// The processes that have one of these sockets open, of those that may be looked into.
    package static func holders(of inodes: Set<UInt64>) -> [ProcessRecord] {
        let entries = (try? FileSystem.entries(of: "/proc")) ?? []
        return entries.lazy.compactMap { Int32($0.name) }
            .filter { !(sockets(of: $0) ?? []).isDisjoint(with: inodes) }
            .compactMap { ProcessRecord(of: $0) }
    }
}
