internal import Glibc

/// Where a server listens for connections.
package enum StreamAddress: Equatable, Sendable {
    /// - Parameter host: a numeric IPv4 or IPv6 address.
    case tcp(host: String, port: UInt16)
    /// A socket of the file system; unix(7).
    case unix(path: String)
}

extension OwnedDescriptor {
    /// Begins a connection without waiting for it: it is there, or refused, when the socket is writable.
    package static func connecting(to address: StreamAddress) throws(SystemError) -> OwnedDescriptor {
        switch address {
        case .tcp(let host, let port): try connecting(to: host, port: port)
        case .unix(let path): try connecting(to: path)
        }
    }

    /// getaddrinfo(3) is asked with AI_NUMERICHOST and never waits.
    private static func connecting(to host: String, port: UInt16) throws(SystemError) -> OwnedDescriptor {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_NUMERICHOST
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0, let address = unsafe found else {
            throw SystemError("getaddrinfo", host, errorNumber: EINVAL)
        }
        defer { unsafe freeaddrinfo(address) }
        let descriptor = try streamSocket(unsafe address.pointee.ai_family, for: host)
        guard
            unsafe connect(descriptor.number, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0
                || errno == EINPROGRESS
        else { throw SystemError("connect", "\(host):\(port)", errorNumber: errno) }
        return descriptor
    }

    private static func connecting(to path: String) throws(SystemError) -> OwnedDescriptor {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError("connect", path, errorNumber: ENAMETOOLONG)
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let descriptor = try streamSocket(AF_UNIX, for: path)
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor.number, $0, length)
            }
        }
        guard status == 0 else { throw SystemError("connect", path, errorNumber: errno) }
        return descriptor
    }

    private static func streamSocket(_ family: Int32, for subject: String) throws(SystemError) -> OwnedDescriptor {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(family, kind, 0)
        guard number >= 0 else { throw SystemError("socket", subject, errorNumber: errno) }
        return OwnedDescriptor(taking: number)
    }
}

extension Descriptor {
    /// SO_ERROR, socket(7): 0 once a connection is there, else why it is not.
    package var socketError: Int32 {
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &size) == 0 else { return errno }
        return error
    }
}
