/// What became of a process and its tree. Nothing of it is alive any more.
public struct ProcessResult: Sendable, Equatable {
    /// How the process that was started has ended. A failure is no error until somebody asks for success.
    public var status: ExitStatus
    /// Why the tree has ended.
    public var reason: EndReason
    /// What outlived the process that was started and was killed for it.
    public var leftBehind: [Member]
    /// What has moved itself out of its cgroup, and was ended all the same. Under ``Mechanism/cgroup`` alone, where
    /// only root can do so, or who shares a delegated subtree. It is found as long as the process that was started is
    /// alive, when the tree is listed, signalled or stopped.
    public var escaped: [Member]
    /// What the whole tree has used.
    public var statistics: Statistics
    /// What ``Command/resourceLimits`` have done; `nil` where it has none.
    public var limitReport: LimitReport?

    /// Whether it has exited with 0, and in its time.
    public var isSuccess: Bool { status.isSuccess && reason == .byItself }
}

/// Why a tree has ended.
public enum EndReason: Sendable, Equatable {
    /// Nobody asked it to.
    case byItself
    /// It was asked to, by ``RunningProcess/stop(grace:escalate:)`` or as part of its group.
    case stopped
    /// By ``RunningProcess/kill()`` or as part of its group.
    case killed
    /// It ran longer than ``Command/timeout``.
    case timedOut
    /// It wrote nothing for too long.
    case idle
    /// The task that waited for it was cancelled.
    case cancelled
    /// Nobody asked it to, and it has left processes behind that it must not leave: ``LeakPolicy/fail``.
    case leftBehind
}

/// What a program has written, and how it ended.
public struct CapturedOutput: Sendable, Equatable {
    /// How it ended, and what it has used.
    public var result: ProcessResult
    /// Every byte, as it was written.
    public var standardOutput: [UInt8]
    /// Every byte, as it was written.
    public var standardError: [UInt8]

    /// Standard output as UTF-8; what is none is shown by replacement characters.
    public var text: String { String(decoding: standardOutput, as: UTF8.self) }

    /// How the process that was started has ended.
    public var status: ExitStatus { result.status }

    /// Itself, of a program that ended with 0 in its time, and left nothing that it must not leave.
    public func checked() throws(ProcessError) -> CapturedOutput {
        switch result.reason {
        case .timedOut: throw .timedOut
        case .idle: throw .idle
        case .byItself, .stopped, .killed, .cancelled, .leftBehind: break
        }
        guard status.isSuccess else {
            throw .failed(status, standardError: String(decoding: standardError, as: UTF8.self))
        }
        if result.reason == .leftBehind { throw .leftBehind(result.leftBehind) }
        return self
    }
}
