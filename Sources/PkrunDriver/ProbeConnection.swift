import PkrunPlan
import PkrunSystem

/// One try to reach a port, and where asked for to get an answer over HTTP from it, without blocking the loop.
final class ProbeConnection {
    struct Target {
        /// A numeric address.
        let host: String
        let port: UInt16
        let http: HTTPProbe?
    }

    private let socket: OwnedDescriptor
    private let http: HTTPProbe?
    private let reactor: Reactor
    private let finished: (ProbeResult) -> Void
    private var registration: Reactor.Registration?
    private var received: [UInt8] = []

    /// - Parameter finished: told once, later, what it came to; not after `cancel`.
    /// - Throws: where not even the try could begin.
    init(_ target: Target, reactor: Reactor, finished: @escaping (ProbeResult) -> Void) throws(SystemError) {
        socket = try .connecting(to: target.host, port: target.port)
        http = target.http
        self.reactor = reactor
        self.finished = finished
        try wait(.write) { $0.connected() }
    }

    func cancel() {
        if let registration { reactor.cancel(registration) }
        registration = nil
    }

    private func wait(_ interest: Reactor.Interest, then body: @escaping (ProbeConnection) -> Void) throws(SystemError)
    {
        cancel()
        registration = try reactor.register(socket.number, interest) { [unowned self] in body(self) }
    }

    private func connected() {
        let error = socket.borrowed.socketError
        guard error == 0 else { return finish(.failed(SystemError.message(for: error))) }
        guard let http else { return finish(.passed) }
        do throws(SystemError) {
            // A request of a few hundred bytes always fits into an empty socket buffer.
            _ = try socket.borrowed.write(Self.request(http).span)
            try wait(.read) { $0.receive(http) }
        } catch {
            finish(.failed(SystemError.message(for: error.errorNumber)))
        }
    }

    private func receive(_ http: HTTPProbe) {
        var chunk = [UInt8](repeating: 0, count: HTTPStatusLine.limit)
        guard let count = try? socket.borrowed.read(into: &chunk), count > 0 else {
            return finish(.failed("the connection was closed without an answer"))
        }
        received += chunk.prefix(count)
        switch HTTPStatusLine.read(received) {
        case .incomplete: break
        case .status(let status): finish(http.status.contains(status) ? .passed : .failed("HTTP \(status)"))
        case .invalid: finish(.failed("the answer is no HTTP"))
        }
    }

    private func finish(_ result: ProbeResult) {
        cancel()
        finished(result)
    }

    private static func request(_ http: HTTPProbe) -> [UInt8] {
        var lines = [
            "GET \(http.target) HTTP/1.1", "Host: \(http.authority)", "Connection: close", "User-Agent: pkrun",
        ]
        lines += http.headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
