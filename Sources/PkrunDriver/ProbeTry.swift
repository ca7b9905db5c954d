import PkrunPlan
import PkrunSystem

/// One try of a probe that can be tried again and again.
final class ProbeTry {
    private let loop: ProbeLoop
    private let finished: (ProbeResult) -> Void
    private var connection: ConnectionTry?
    private var command: RunningCommand?

    /// - Parameter finished: told once what it came to, at the earliest from within `begin`; not after `cancel`.
    init(loop: ProbeLoop, finished: @escaping (ProbeResult) -> Void) {
        self.loop = loop
        self.finished = finished
    }

    func begin(_ probe: Probe) {
        switch probe {
        case .tcp(let host, let port):
            connect(to: .tcp(host: host, port: port))
        case .http(let http):
            connect(to: .tcp(host: http.host, port: http.port), asking: http)
        case .exec(let arguments):
            run(arguments)
        case .file(let path):
            finished((try? FileStatus(of: path)) == nil ? .failed("there is no such file") : .passed)
        case .port(let port):
            var search = PortSearch(port: port)
            finished(search.look(from: loop.mainProcess, members: loop.members))
        case .line, .notify, .delay:
            break
        }
    }

    func cancel() {
        connection?.cancel()
        command?.stop()
        connection = nil
        command = nil
    }

    private func connect(to address: StreamAddress, asking http: HTTPProbe? = nil) {
        let request = http.map {
            HTTPRequest.get($0.target, from: $0.authority, headers: $0.headers.map { ($0.name, $0.value) })
        }
        do throws(SystemError) {
            connection = try ConnectionTry(address, request: request, reactor: loop.reactor) { [finished] outcome in
                finished(ProbeResult(outcome, wanting: http?.status))
            }
        } catch {
            finished(.failed(SystemError.message(for: error.errorNumber)))
        }
    }

    private func run(_ arguments: [String]) {
        command = loop.run(arguments) { [weak self] status, lastLine in
            guard let self, command != nil else { return }
            command = nil
            finished(Self.result(status, lastLine))
        }
        if command == nil { finished(.failed("it could not be started")) }
    }

    private static func result(_ status: ProcessStatus, _ lastLine: String?) -> ProbeResult {
        if status == .exited(code: 0) { return .passed }
        let line = lastLine.map { ": \($0)" } ?? ""
        return switch status {
        case .exited(let code): .failed("exited with \(code)\(line)")
        case .signaled(let number, dumpedCore: _): .failed("ended by signal \(number)\(line)")
        }
    }
}
