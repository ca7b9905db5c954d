internal import PkrunContainment
internal import PkrunSystem

/// What may go wrong in this library.
public enum ProcessError: Error, Sendable, Equatable {
    /// The mechanism is not to be had here; one sentence for each that was tried.
    case containmentUnavailable([String])
    /// The limit cannot be kept here: why, and what would help.
    case limitUnavailable(ResourceLimits.Resource, String)
    /// The process could not be started.
    case startFailed(StartFailure)
    /// It ended, but not with 0.
    case failed(ExitStatus, standardError: String)
    /// It ended with 0, and these processes outlived it, which ``LeakPolicy/fail`` does not allow.
    case leftBehind([Member])
    /// It ran longer than ``Command/timeout``.
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
    /// No process has that number, or the one that has it has begun at another time.
    case noSuchProcess(Int32)
    /// It is in a group of this library already, or it is this program, or a process that this program descends from.
    case notToBeAdopted(Int32)
    /// The group's mechanism cannot do that.
    case unsupported(Mechanism)
    /// It ended, or the time was over, before it was ready. It goes on if it lives.
    case notReady(NotReady)
    /// The process reads no input from here, or none any more.
    case inputClosed
    /// The process has no ``Command/terminal``, or has ended.
    case noTerminal
    /// A system call failed: its name, and errno(3).
    case system(call: String, errorNumber: Int32)

    /// Why a process is not ready.
    public enum NotReady: Sendable, Equatable {
        /// It has ended, or its output has.
        case ended
        /// The time was over.
        case timeout
    }
}

/// Which step of a start failed, and why.
public struct StartFailure: Error, Sendable, Equatable {
    /// The steps in their order. Each is made by the new process itself, before its program runs, but for the first
    /// two.
    public enum Step: Sendable {
        /// The container was to be made, or entered.
        case createContainer
        /// The process was to be made: clone3(2).
        case createProcess
        /// It was to come under the limits of its group.
        case joinLimits
        /// The process was to lead a group of its own, without a controlling terminal.
        case newSession
        /// ``Command/terminal`` was to become its controlling one.
        case controllingTerminal
        /// A file was to be opened, or the three streams were to be put in their places.
        case standardStreams
        /// ``Command/descriptors``
        case extraDescriptors
        /// ``Command/limits``
        case setLimits
        /// ``Command/niceness``
        case setNiceness
        /// ``Command/ioPriority``
        case setIOPriority
        /// ``Command/processors``
        case setProcessors
        /// ``Command/identity``
        case setIdentity
        /// ``Command/workingDirectory``
        case workingDirectory
        /// The program was to be executed: it is not there, or may not be executed.
        case execute
    }

    /// The first step that failed.
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
            case .joinLimits: .joinLimits
            case .newSession: .newSession
            case .controllingTerminal: .controllingTerminal
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
    /// Such as `execute 'nodde': No such file or directory; is it installed, and in PATH?`.
    public var description: String {
        let advice = advice.map { "; \($0)" } ?? ""
        return "\(step) '\(subject)': \(SystemError.message(for: errorNumber))\(advice)"
    }

    /// What to do about it, where that is known.
    public var advice: String? {
        switch (step, errorNumber) {
        case (.execute, ErrorNumber.noEntry) where subject.contains("/"):
            "is there such a file, and the interpreter that its first line names?"
        case (.execute, ErrorNumber.noEntry): "is it installed, and in PATH?"
        case (.execute, ErrorNumber.accessDenied): "is it executable? chmod +x makes it so"
        case (.execute, ErrorNumber.notExecutable): "a script needs a first line such as #!/bin/sh"
        case (.setLimits, ErrorNumber.notPermitted): "only root may go above its own hard limits: `ulimit -Ha`"
        case (.setNiceness, ErrorNumber.accessDenied), (.setNiceness, ErrorNumber.notPermitted):
            "only root may favour a process over its starter"
        case (.setIOPriority, ErrorNumber.notPermitted): "only root may have real-time priority"
        case (.setProcessors, ErrorNumber.invalid): "not all of them may be used: `taskset -cp $$` shows which"
        case (.setIdentity, ErrorNumber.notPermitted): "only root may become somebody else"
        case (.createContainer, ErrorNumber.accessDenied): "root, or who has a delegated cgroup, may make it"
        default: nil
        }
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
