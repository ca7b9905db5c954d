internal import PkrunSystem

/// How a process ended.
public enum ExitStatus: Sendable, Hashable {
    /// By itself, with this code.
    case exited(Int32)
    /// By a signal that it did not catch.
    case signaled(Signal)
    /// It has ended, but something else in this program has waited for it first, or ignores SIGCHLD.
    case unknown

    /// Whether it has exited with 0.
    public var isSuccess: Bool { self == .exited(0) }

    init(_ status: ProcessStatus) {
        switch status {
        case .exited(code: ProcessStatus.unknownCode): self = .unknown
        case .exited(let code): self = .exited(code)
        case .signaled(let number, _): self = .signaled(Signal(rawValue: number))
        }
    }
}
