/// One try to reach a server, and where asked for to get an answer over HTTP from it, without blocking the loop.
package final class ConnectionTry {
    package enum Outcome: Equatable, Sendable {
        case connected
        case answered(status: Int)
        /// In words.
        case failed(String)
    }

    private let socket: OwnedDescriptor
    private let request: [UInt8]?
    private let reactor: Reactor
    private let finished: (Outcome) -> Void
    private var registration: Reactor.Registration?
    private var received: [UInt8] = []

    /// - Parameters:
    ///   - request: what is sent to an HTTP server; `nil`: a connection will do.
    ///   - finished: told once, later, what it came to; not after `cancel`.
    /// - Throws: where not even the try could begin.
    package init(
        _ address: StreamAddress,
        request: [UInt8]? = nil,
        reactor: Reactor,
        finished: @escaping (Outcome) -> Void
    ) throws(SystemError) {
        socket = try .connecting(to: address)
        self.request = request
        self.reactor = reactor
        self.finished = finished
        try wait(.write) { $0.connected() }
    }

    package func cancel() {
        if let registration { reactor.cancel(registration) }
        registration = nil
    }

    private func wait(_ interest: Reactor.Interest, then body: @escaping (ConnectionTry) -> Void) throws(SystemError) {
        cancel()
        registration = try reactor.register(socket.number, interest) { [unowned self] in body(self) }
    }

    private func connected() {
        let error = socket.borrowed.socketError
        guard error == 0 else { return finish(.failed(SystemError.message(for: error))) }
        guard let request else { return finish(.connected) }
        do throws(SystemError) {
            // A request of a few hundred bytes always fits into an empty socket buffer.
            _ = try socket.borrowed.write(request.span)
            try wait(.read) { $0.receive() }
        } catch {
            finish(.failed(SystemError.message(for: error.errorNumber)))
        }
    }

    private func receive() {
        var chunk = [UInt8](repeating: 0, count: HTTPStatusLine.limit)
        guard let count = try? socket.borrowed.read(into: &chunk), count > 0 else {
            return finish(.failed("the connection was closed without an answer"))
        }
        received += chunk.prefix(count)
        switch HTTPStatusLine.read(received) {
        case .incomplete: break
        case .status(let status): finish(.answered(status: status))
        case .invalid: finish(.failed("the answer is no HTTP"))
        }
    }

    private func finish(_ outcome: Outcome) {
        cancel()
        finished(outcome)
    }
}
