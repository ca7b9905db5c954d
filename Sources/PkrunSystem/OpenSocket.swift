/// A socket that a process has open, and what there is to say of it.
package enum OpenSocket: Hashable, Sendable {
    /// At an address and port, or at a path.
    case listening(String)
    case connecting(to: String)
    case connected(to: String)
    /// The other side has hung up, and this one has not.
    case abandoned(by: String)
    /// UDP, from anybody.
    case receiving(String)
}

extension OpenSocket: CustomStringConvertible {
    package var description: String {
        switch self {
        case .listening(let place): "listens on \(place)"
        case .connecting(let place): "is connecting to \(place)"
        case .connected(let place): "is connected to \(place)"
        case .abandoned(let place): "has been hung up on by \(place)"
        case .receiving(let place): "receives on \(place)"
        }
    }
}

extension OpenSocket {
    /// Those of a process, of TCP, UDP and with a path, without repetitions; none where it may not be looked into.
    package static func all(of processID: Int32) -> [OpenSocket] {
        guard let inodes = ProcessRecord.sockets(of: processID), !inodes.isEmpty else { return [] }
        var sockets: [OpenSocket] = []
        for table in Table.allCases {
            let lines = (try? FileSystem.contents(of: "/proc/\(processID)/net/\(table.rawValue)")) ?? []
            for line in lines.split(separator: UInt8(ascii: "\n")).dropFirst() {
                guard let (inode, socket) = table.read(line), inodes.contains(inode), !sockets.contains(socket) else {
                    continue
                }
                sockets.append(socket)
            }
        }
        return sockets
    }

    /// A table in /proc/PID/net; proc_pid_net(5).
    enum Table: String, CaseIterable {
        case tcp, tcp6, udp, udp6, unix

        /// - Returns: `nil` for a socket of which nothing is to be said.
        func read(_ line: some Collection<UInt8>) -> (inode: UInt64, OpenSocket)? {
            self == .unix ? Self.unix(line) : Self.internet(line)
        }

        private static func internet(_ line: some Collection<UInt8>) -> (inode: UInt64, OpenSocket)? {
            guard let socket = InternetSocket(line: line) else { return nil }
            switch socket.state {
            case "01": return (socket.inode, .connected(to: "\(socket.remote)"))
            case "02": return (socket.inode, .connecting(to: "\(socket.remote)"))
            case "07": return (socket.inode, .receiving("\(socket.local)"))
            case "08": return (socket.inode, .abandoned(by: "\(socket.remote)"))
            case "0A": return (socket.inode, .listening("\(socket.local)"))
            default: return nil
            }
        }

        /// `ADDRESS: REFERENCES PROTOCOL FLAGS TYPE STATE INODE PATH`; who has connected has no path.
        private static func unix(_ line: some Collection<UInt8>) -> (inode: UInt64, OpenSocket)? {
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 7)
            guard fields.count == 8, let inode = UInt64(String(decoding: fields[6], as: UTF8.self)) else { return nil }
            let path = String(decoding: fields[7], as: UTF8.self)
            let accepts = "00010000".utf8
            return (inode, fields[3].elementsEqual(accepts) ? .listening(path) : .connected(to: path))
        }
    }
}
