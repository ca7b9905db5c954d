internal import PkrunContainment
internal import PkrunSystem

/// What may go wrong in this library.
public enum ProcessError: Error, Sendable, Equatable {
    /// The mechanism is not to be had here; one sentence for each that was tried.
    case containmentUnavailable([String])
    /// The process could not be started.
    case startFailed(StartFailure)
    /// It ended, but not with 0.
    case failed(ExitStatus, standardError: String)
    case timedOut
    /// It wrote nothing for too long.
    case idle
    /// The task that waited was cancelled.
    case cancelled
    /// The group is suspended: what is started into it would not run.
    case suspended
    /// The group is shut down.
    case shutDown
    /// No living or unreaped child of this program has that number.
    case notAChild(Int32)
    /// The group's mechanism cannot do that.
    case unsupported(Mechanism)
    /// It ended, or the time was over, before it was ready. It goes on if it lives.
    case notReady(NotReady)
    /// The process reads no input from here, or none any more.
    case inputClosed
    /// A system call failed: its name, and errno(3).
    case system(call: String, errorNumber: Int32)

    public enum NotReady: Sendable, Equatable {
        case ended, timeout
    }
}

/// Which step of a start failed, and why.
public struct StartFailure: Error, Sendable, Equatable {
    public enum Step: Sendable {
        case createContainer, createProcess, newSession, standardStreams, extraDescriptors, setLimits, setNiceness
        case setIOPriority, setProcessors, setIdentity, workingDirectory, execute
    }

    public var step: Step
    /// The path or number that it was about.
    public var subject: String
    /// errno(3)
    public var errorNumber: Int32

    init(_ error: SpawnError) {
        step =
            switch error.step {
            case .createContainer, .joinContainer: .createContainer
            case .createProcess: .createProcess
            case .newSession: .newSession
            case .standardStreams: .standardStreams
            case .extraDescriptors: .extraDescriptors
            case .setLimits: .setLimits
            case .setNiceness: .setNiceness
            case .setIOPriority: .setIOPriority
            case .setProcessors: .setProcessors
            case .setGroups, .setGroupID, .setUserID: .setIdentity
            case .workingDirectory: .workingDirectory
            case .execute: .execute
            }
        subject = error.subject
        errorNumber = error.errorNumber
    }
}

extension StartFailure: CustomStringConvertible {
    /// Such as `execute 'nodde': No such file or directory`.
    public var description: String {
        "\(step) '\(subject)': \(SystemError.message(for: errorNumber))"
    }
}

extension ProcessError {
    init(_ error: SystemError) {
        self = .system(call: error.call, errorNumber: error.errorNumber)
    }

    init(_ error: ContainmentUnavailable) {
        self = .containmentUnavailable(
            error.obstacles.map { "\($0.mechanism.rawValue): \($0.reason); \($0.remedy)" }
        )
    }
}
