internal import CPkrunLinux
internal import Glibc

/// What a tree's guardian reports.
package enum GuardianReport: Equatable, Sendable {
    case started(processID: Int32)
    case failed(LaunchFailure)
    case mainExited(ProcessExit, treeIsEmpty: Bool)
    /// Nothing is left; what the whole tree used.
    case emptied(ResourceUsage)
    /// So many processes could not be ended.
    case refused(Int)
}

/// The owner's end of the sockets between it and a tree's guardian.
package struct GuardianChannel: ~Copyable {
    private let socket: OwnedDescriptor

    package var number: Int32 { socket.number }

    /// The channel and the end that the guardian is to inherit.
    package static func pair<Result: ~Copyable>(
        _ body: (consuming GuardianChannel, consuming OwnedDescriptor) -> Result
    ) throws(SystemError) -> Result {
        var ends: [Int32] = [-1, -1]
        guard unsafe pkrun_message_sockets(&ends) == 0 else { throw SystemError("socketpair", errorNumber: errno) }
        return body(GuardianChannel(socket: OwnedDescriptor(taking: ends[0])), OwnedDescriptor(taking: ends[1]))
    }

    private init(socket: consuming OwnedDescriptor) {
        self.socket = socket
    }

    /// The next report.
    /// - Parameter waiting: whether to wait for it.
    /// - Returns: `nil` where there is none, or will be none.
    package func receive(waiting: Bool) -> GuardianReport? {
        var report = pkrun_report()
        let size = MemoryLayout<pkrun_report>.size
        var count = 0
        repeat {
            count = unsafe recv(number, &report, size, waiting ? 0 : Int32(MSG_DONTWAIT))
        } while count < 0 && errno == EINTR
        return count == size ? GuardianReport(report) : nil
    }

    /// Tells the guardian to signal the main process, or with `nil` to end the tree. A guardian that is gone has
    /// nothing to do.
    package func command(signal: Int32?) {
        var command = pkrun_command(signal: signal ?? 0)
        let size = MemoryLayout<pkrun_command>.size
        while unsafe send(number, &command, size, Int32(MSG_NOSIGNAL)) < 0 && errno == EINTR {}
    }
}

extension GuardianReport {
    fileprivate init?(_ raw: pkrun_report) {
        switch UInt32(raw.kind) {
        case PKRUN_STARTED.rawValue where raw.pid > 0: self = .started(processID: raw.pid)
        case PKRUN_STARTED.rawValue: self = .failed(LaunchFailure(step: raw.step, errorNumber: raw.error))
        case PKRUN_MAIN_EXITED.rawValue: self = .mainExited(ProcessExit(raw.exit), treeIsEmpty: raw.empty != 0)
        case PKRUN_EMPTIED.rawValue: self = .emptied(ProcessExit(raw.exit).usage)
        case PKRUN_REFUSED.rawValue: self = .refused(Int(raw.count))
        default: return nil
        }
    }
}
