import PkrunPlan
import PkrunSystem

/// The way on which a job says that it is ready: there before it starts, and until it has ended.
final class NotifyChannel {
    private let way: Way

    private enum Way {
        case socket(NotifySocket)
        case pipe(NotifyPipe, number: Int32)
    }

    enum Message {
        case ready
        case status(String)
        /// Nothing will be said any more.
        case closed(String)
    }

    /// - Returns: `nil` for a job of which no word is expected.
    init?(_ readiness: Readiness) throws(SystemError) {
        let ways = readiness.probes.compactMap { if case .notify(let way) = $0 { way } else { nil } }
        switch ways.first {
        case .systemd:
            let salt = UInt64.random(in: 0 ... .max)
            let name = "pkrun/\(CurrentProcess.identifier)/\(String(salt, radix: 36))"
            way = .socket(try NotifySocket(name: name))
        case .descriptor(let number):
            way = .pipe(try NotifyPipe(), number: number)
        case nil:
            return nil
        }
    }

    /// Gives the job its end.
    func offer(to request: inout SpawnRequest) {
        switch way {
        case .socket(let socket):
            let others = (request.environment ?? CurrentProcess.environment).filter { !$0.hasPrefix("NOTIFY_SOCKET=") }
            request.environment = others + ["NOTIFY_SOCKET=\(socket.name)"]
        case .pipe(let pipe, let number):
            request.extraDescriptors[number] = pipe.writer
        }
    }

    /// To be called once the job has its end.
    func begin() {
        if case .pipe(let pipe, number: _) = way { pipe.begin() }
    }

    /// Ready with `.read` when there are messages.
    var descriptor: Int32 {
        switch way {
        case .socket(let socket): socket.descriptor
        case .pipe(let pipe, number: _): pipe.descriptor
        }
    }

    func receive() -> [Message] {
        switch way {
        case .socket(let socket):
            return (socket.receive() ?? []).compactMap { assignment in
                if assignment == "READY=1" { return .ready }
                let name = "STATUS="
                return assignment.hasPrefix(name) ? .status(String(assignment.dropFirst(name.count))) : nil
            }
        case .pipe(let pipe, let number):
            return switch pipe.receive() {
            case .newline: [.ready]
            case .end: [.closed("descriptor \(number) was closed without a newline")]
            case nil: []
            }
        }
    }
}
