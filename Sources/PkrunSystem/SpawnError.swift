/// Why a process could not be started: which step, and what the kernel said.
package struct SpawnError: Error, Equatable, Sendable {
    package var step: SpawnStep
    /// The path or number that the step was about.
    package var subject: String
    /// errno(3)
    package var errorNumber: Int32

    package init(step: SpawnStep, subject: String, errorNumber: Int32) {
        self.step = step
        self.subject = subject
        self.errorNumber = errorNumber
    }

    package init(_ step: SpawnStep, _ error: SystemError) {
        self.init(step: step, subject: error.subject, errorNumber: error.errorNumber)
    }
}

/// The steps of a start, in the order in which they are taken; the values are those of CPkrunLinux.h.
package enum SpawnStep: Int32, Sendable {
    case createContainer = 1
    case createProcess = 2
    case joinContainer = 3
    case joinLimits = 4
    case newSession = 5
    case controllingTerminal = 6
    case standardStreams = 7
    case extraDescriptors = 8
    case setLimits = 9
    case setNiceness = 10
    case setIOPriority = 11
    case setProcessors = 12
    case setGroups = 13
    case setGroupID = 14
    case setUserID = 15
    case workingDirectory = 16
    case execute = 17
}

extension SpawnRequest {
    /// The error of a step, with what it was about.
    package func error(at step: SpawnStep, errorNumber: Int32) -> SpawnError {
        SpawnError(step: step, subject: subject(of: step), errorNumber: errorNumber)
    }

    private func subject(of step: SpawnStep) -> String {
        switch step {
        case .execute: program ?? arguments.first ?? ""
        case .workingDirectory: workingDirectory ?? ""
        case .setUserID: credentials.map { "\($0.userID)" } ?? ""
        case .setGroupID: credentials.map { "\($0.groupID)" } ?? ""
        case .setGroups: credentials.map { $0.groups.map(String.init).joined(separator: " ") } ?? ""
        case .standardStreams: "\(standardInput) \(standardOutput) \(standardError)"
        case .extraDescriptors: extraDescriptors.keys.sorted().map(String.init).joined(separator: " ")
        case .setLimits: attributes.limits.map(\.description).joined(separator: " ")
        case .setNiceness: attributes.niceness.map { "\($0)" } ?? ""
        case .setIOPriority: attributes.ioPriority.map { "\($0)" } ?? ""
        case .setProcessors: attributes.processors.map(String.init).joined(separator: ",")
        case .controllingTerminal: terminal.map { "\($0)" } ?? ""
        case .createContainer, .createProcess, .joinContainer, .joinLimits, .newSession: ""
        }
    }
}
