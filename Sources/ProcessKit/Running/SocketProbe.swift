internal import PkrunSystem

/// Tries whether a server is there.
@ProcessThread
enum SocketProbe {
    /// - Returns: `nil` where the task is cancelled, or not even the try could begin.
    static func outcome(of address: StreamAddress, request: [UInt8]? = nil) async -> ConnectionTry.Outcome? {
        let settled = Notifier()
        var outcome: ConnectionTry.Outcome?
        let connection = try? ConnectionTry(address, request: request, reactor: ProcessThread.reactor) {
            outcome = $0
            settled.notify()
        }
        guard let connection else { return nil }
        await settled.wait(after: 0)
        connection.cancel()
        return outcome
    }
}
