internal import CPkrunLinux
internal import Glibc

/// What a tree's guardian reports.
package enum GuardianReport {
    /// From the main process itself, before it is anybody else's program. The descriptor means it whatever happens to
    /// the guardian.
    case born(processID: Int32, ProcessDescriptor)
    case started
    case failed(SpawnStep, errorNumber: Int32)
    case mainExited(ProcessExit, treeIsEmpty: Bool)
    /// Nothing is left; what the whole tree used.
    case emptied(ResourceUsage)
    /// So many processes could not be ended.
    case refused(Int)
}

/// The sockets between the owner and a tree's guardian.
package final class GuardianChannel {
    private let socket: OwnedDescriptor
    private var otherEnd: OwnedDescriptor?

    /// Ready with `.read` when there is a report, or will be none any more.
    package var number: Int32 { socket.number }

    package init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pkrun_message_sockets(&ends) == 0 else { throw SystemError("socketpair", errorNumber: errno) }
        socket = OwnedDescriptor(taking: ends[0])
        otherEnd = OwnedDescriptor(taking: ends[1])
    }

    /// What the guardian inherits.
    var guardianEnd: Int32 { otherEnd?.number ?? -1 }

    /// The guardian has its own by now; with ours open its death would go unnoticed.
    func closeGuardianEnd() {
        otherEnd = nil
    }

    /// The next report.
    /// - Parameter timeout: how long to wait for it; rounded up to whole milliseconds.
    /// - Returns: `nil` where there is none, or will be none.
    package func receive(timeout: Duration = .zero) -> GuardianReport? {
        if timeout > .zero {
            var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            while unsafe poll(&entry, 1, Reactor.milliseconds(timeout)) < 0 && errno == EINTR {}
        }
        var report = pkrun_report()
        let size = MemoryLayout<pkrun_report>.size
        var sender: Int32 = 0
        var descriptor: Int32 = -1
        var count = 0
        repeat {
            count = unsafe pkrun_receive(number, &report, size, &sender, &descriptor)
        } while count < 0 && errno == EINTR
        if descriptor >= 0 { return .born(processID: sender, ProcessDescriptor(taking: descriptor)) }
        return count == size ? GuardianReport(report) : nil
    }

    /// Tells the guardian to end the tree. A guardian that is gone has nothing to do.
    package func end() {
        var message: UInt8 = 0
        while unsafe send(number, &message, 1, Int32(MSG_NOSIGNAL)) < 0 && errno == EINTR {}
    }
}

extension GuardianReport {
    fileprivate init?(_ raw: pkrun_report) {
        switch UInt32(raw.kind) {
        case PKRUN_STARTED.rawValue where raw.pid > 0: self = .started
        case PKRUN_STARTED.rawValue:
            self = .failed(SpawnStep(rawValue: raw.step) ?? .createProcess, errorNumber: raw.error)
        case PKRUN_MAIN_EXITED.rawValue: self = .mainExited(ProcessExit(raw.exit), treeIsEmpty: raw.empty != 0)
        case PKRUN_EMPTIED.rawValue: self = .emptied(ProcessExit(raw.exit).usage)
        case PKRUN_REFUSED.rawValue: self = .refused(Int(raw.count))
        default: return nil
        }
    }
}
