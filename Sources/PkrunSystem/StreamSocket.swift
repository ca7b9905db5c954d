internal import Glibc

extension OwnedDescriptor {
    /// Begins a TCP connection without waiting for it: it is there, or refused, when the socket is writable.
    ///
    /// - Parameter host: a numeric IPv4 or IPv6 address; getaddrinfo(3) is asked with AI_NUMERICHOST and never waits.
    package static func connecting(to host: String, port: UInt16) throws(SystemError) -> OwnedDescriptor {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_NUMERICHOST
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0, let address = unsafe found else {
            throw SystemError("getaddrinfo", host, errorNumber: EINVAL)
        }
        defer { unsafe freeaddrinfo(address) }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = unsafe socket(address.pointee.ai_family, kind, 0)
        guard number >= 0 else { throw SystemError("socket", host, errorNumber: errno) }
        let descriptor = OwnedDescriptor(taking: number)
        guard unsafe connect(number, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 || errno == EINPROGRESS
        else { throw SystemError("connect", "\(host):\(port)", errorNumber: errno) }
        return descriptor
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
