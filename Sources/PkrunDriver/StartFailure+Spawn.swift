import PkrunContainment
import PkrunEvents
import PkrunPlan
import PkrunSystem

extension StartFailure {
    /// Says which step failed, on what, and what to do about it where that is known.
    init(_ error: SpawnError, of job: JobPlan) {
        let reason = SystemError.message(for: error.errorNumber)
        let remedy = Self.remedy(error, of: job).map { "; \($0)" } ?? ""
        self.init(
            step: Self.words(for: error.step, of: job),
            subject: error.subject,
            errorNumber: error.errorNumber,
            message: reason + remedy
        )
    }

    init(_ error: LimitUnavailable) {
        self.init(
            step: "limit its resources",
            subject: error.resource.rawValue,
            errorNumber: error.errorNumber,
            message: "\(error.reason); \(error.remedy)"
        )
    }

    init(openingLog error: SystemError) {
        self.init("open the log", error)
    }

    init(openingNotifyChannel error: SystemError) {
        self.init("open the way on which it says that it is ready", error)
    }

    init(openingTerminal error: SystemError) {
        self.init("open its terminal", error)
    }

    init(openingInput error: SystemError) {
        self.init("open its standard input", error)
    }

    private init(_ step: String, _ error: SystemError) {
        self.init(
            step: step,
            subject: error.subject,
            errorNumber: error.errorNumber,
            message: SystemError.message(for: error.errorNumber)
        )
    }

    private static func words(for step: SpawnStep, of job: JobPlan) -> String {
        switch step {
        case .createContainer: "make its container"
        case .createProcess: "make a process"
        case .joinContainer: "join its container"
        case .joinLimits: "come under the limits of its resources"
        case .newSession: "begin a session"
        case .controllingTerminal: "take its terminal"
        case .standardStreams: "connect its output"
        case .extraDescriptors: "give it its descriptors"
        case .setLimits: "set its limits"
        case .setNiceness: "set its priority"
        case .setIOPriority: "set its I/O priority"
        case .setProcessors: "choose its processors"
        case .setGroups, .setGroupID, .setUserID: "become user '\(job.identity?.userName ?? "")'"
        case .workingDirectory: "enter the working directory"
        case .execute: executeStep
        }
    }

    private static func remedy(_ error: SpawnError, of job: JobPlan) -> String? {
        let program = job.arguments.first ?? ""
        switch (error.step, error.errorNumber) {
        case (.execute, ErrorNumber.noEntry) where program.contains("/"):
            return "is there such a file in \(job.workingDirectory), and the interpreter that its first line names?"
        case (.execute, ErrorNumber.noEntry):
            return "is it installed, and in the job's PATH?"
        case (.execute, ErrorNumber.accessDenied):
            return "is it executable? chmod +x makes it so"
        case (.execute, ErrorNumber.notExecutable):
            return "a script needs a first line such as #!/bin/sh"
        case (.setLimits, ErrorNumber.notPermitted):
            return "only root may go above pkrun's own hard limits, which `ulimit -Ha` shows"
        case (.setNiceness, ErrorNumber.accessDenied), (.setNiceness, ErrorNumber.notPermitted):
            return "only root may favour a job over pkrun itself"
        case (.setProcessors, ErrorNumber.invalid):
            return "pkrun itself may not run on all of them: `taskset -cp $$` shows where"
        case (.workingDirectory, ErrorNumber.noEntry):
            return "an earlier job that makes it would be a dependency of this one"
        default:
            return nil
        }
    }
}
