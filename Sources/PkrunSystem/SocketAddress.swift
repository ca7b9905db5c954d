internal import Glibc

/// An IP address and a port, as the tables in /proc/PID/net write them: the words of the address as they lie in memory, in
/// hexadecimal digits.
struct SocketAddress: Equatable, CustomStringConvertible {
    /// 4 or 16, in the order of the network.
    let bytes: [UInt8]
    let port: UInt16

    /// Reads `0100007F:1538`, or the same with 32 digits of IPv6.
    init?(_ text: some Collection<UInt8>) {
        let parts = text.split(separator: UInt8(ascii: ":"))
        guard parts.count == 2, parts[0].count == 8 || parts[0].count == 32,
            let port = UInt16(String(decoding: parts[1], as: UTF8.self), radix: 16)
        else { return nil }
        var bytes: [UInt8] = []
        var rest = parts[0][...]
        while !rest.isEmpty {
            guard let word = UInt32(String(decoding: rest.prefix(8), as: UTF8.self), radix: 16) else { return nil }
            for shift in Self.shifts { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
            rest = rest.dropFirst(8)
        }
        // An IPv4 address that is spoken to by IPv6.
        let isMapped = bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11] == [255, 255]
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
        self.port = port
    }

    private static var shifts: [UInt32] { UInt32(1).littleEndian == 1 ? [0, 8, 16, 24] : [24, 16, 8, 0] }

    /// `127.0.0.1:5432`, `[::1]:5432`
    var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        let isWritten = unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil
        let host =
            isWritten ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "?"
        return bytes.count == 4 ? "\(host):\(port)" : "[\(host)]:\(port)"
    }
}
