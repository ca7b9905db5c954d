internal import PkrunSystem

/// Tries whether somebody listens.
@ProcessThread
enum PortProbe {
    static func connects(to host: String, port: UInt16) async -> Bool {
        guard let socket = try? OwnedDescriptor.connecting(to: host, port: port) else { return false }
        let settled = Notifier()
        let registration = try? ProcessThread.reactor.register(socket.number, .write) { settled.notify() }
        guard let registration else { return false }
        await settled.wait(after: 0)
        ProcessThread.reactor.cancel(registration)
        return settled.count > 0 && socket.borrowed.socketError == 0
    }
}
