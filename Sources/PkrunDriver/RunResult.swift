package import PkrunEvents
package import PkrunPlan
package import PkrunSystem

/// What a run came to.
package struct RunResult {
    package let outcome: RunOutcome
    package let jobs: [JobID: JobOutcome]
    /// How the last execution of each job ended, where there was one.
    package let statuses: [JobID: ExitStatus]
    /// Processes that could not be ended.
    package let survivors: Int
    /// What went wrong with pkrun itself.
    package let fault: SystemError?

    /// The exit code of `pkrun run JOB`: the job's own, as a shell would show it; pkrun's where the job has none.
    package func exitCode(of job: JobID) -> Int32 {
        guard fault == nil else { return outcome.exitCode }
        switch jobs[job] {
        case .failed(.startFailed(let failure)): return failure.shellCode
        case .succeeded, .failed(.ended), .failed(.outOfMemory): return statuses[job]?.shellCode ?? outcome.exitCode
        case .failed, .stopped, .skipped, nil: return outcome.exitCode
        }
    }
}
