internal import PkrunSystem

extension SpawnRequest {
    var launch: ProcessLaunch {
        ProcessLaunch(
            arguments: arguments,
            environment: environment,
            candidates: candidates,
            directory: workingDirectory,
            streams: (standardInput, standardOutput, standardError),
            identity: credentials.map {
                ProcessLaunch.Identity(userID: $0.userID, groupID: $0.groupID, groups: $0.groups)
            }
        )
    }

    /// Where the program may be, in the order of execvp(3): a name with a slash is a path, any other is looked for in
    /// the directories of `PATH`, of which an empty one is the working directory.
    var candidates: [String] {
        guard let name = arguments.first, !name.isEmpty else { return [] }
        if name.utf8.contains(UInt8(ascii: "/")) { return [name] }
        let prefix = "PATH="
        let path = environment.first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count) ?? "/bin:/usr/bin"
        return path.split(separator: ":", omittingEmptySubsequences: false).map { $0.isEmpty ? name : "\($0)/\(name)" }
    }

    /// The error of a step, with what it was about.
    func error(_ failure: LaunchFailure) -> SpawnError {
        let step = SpawnStep(rawValue: failure.step) ?? .createProcess
        let subject =
            switch step {
            case .execute: arguments.first ?? ""
            case .workingDirectory: workingDirectory
            case .setUserID: credentials.map { "\($0.userID)" } ?? ""
            case .setGroupID: credentials.map { "\($0.groupID)" } ?? ""
            case .setGroups: credentials.map { $0.groups.map(String.init).joined(separator: " ") } ?? ""
            case .standardStreams: "\(standardInput) \(standardOutput) \(standardError)"
            case .createContainer, .createProcess, .joinContainer, .newSession: ""
            }
        return SpawnError(step: step, subject: subject, errorNumber: failure.errorNumber)
    }
}

extension SpawnError {
    init(_ step: SpawnStep, _ error: SystemError) {
        self.init(step: step, subject: error.subject, errorNumber: error.errorNumber)
    }
}
