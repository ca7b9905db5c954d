internal import PkrunSystem

/// How a process ended.
public enum ExitStatus: Sendable, Hashable {
    case exited(Int32)
    case signaled(Signal)

    public var isSuccess: Bool { self == .exited(0) }

    init(_ status: ProcessStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let number, _): self = .signaled(Signal(rawValue: number))
        }
    }
}
