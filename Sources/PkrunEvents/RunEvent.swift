package import PkrunPlan

/// Everything that can happen in a run, in the words that reporters, logs and tests share.
///
/// The scheduler reports what it decided (waiting, ready, stopping, restarting, finished; the stop and the end of the
/// run), the driver what it saw (the rest). The driver alone puts a time on it. Every job of a run has exactly one
/// `jobFinished`, those that never started included; one more when the manifest is read again and it starts anew.
package enum RunEvent: Equatable, Sendable {
    case runStarted(RunStart)
    /// The job cannot start yet; `on` lists the dependencies that are not met.
    case jobWaiting(JobID, on: [Dependency])
    case jobStarted(JobID, attempt: Int, processID: Int32)
    /// It is about to start without these limits, which cannot be kept here: its manifest allows that.
    case jobUnlimited(JobID, attempt: Int, [UnkeptLimit])
    case jobStartFailed(JobID, attempt: Int, StartFailure)
    case jobReady(JobID, attempt: Int, after: Duration)
    /// It was not ready in time; what each of its probes came to in the end.
    case jobNotReady(JobID, attempt: Int, [ProbeSummary])
    /// Its health check passes: for the first time in this attempt, or again.
    case jobHealthy(JobID, attempt: Int)
    /// Its health check failed so often in a row as the plan allows; what each probe came to.
    case jobUnhealthy(JobID, attempt: Int, [ProbeSummary])
    /// The main process has ended; its tree may still be alive.
    case jobExited(JobID, attempt: Int, ExitStatus)
    /// Processes that were still alive after the main process had ended.
    case jobLeftBehind(JobID, attempt: Int, [ProcessSummary], LeakPolicy)
    /// Processes that have moved themselves out of the container of their job; they are ended with it all the same.
    case jobEscaped(JobID, attempt: Int, [ProcessSummary])
    case jobStopping(JobID, attempt: Int, StopReason)
    /// A step of the stop ladder has begun.
    case jobStopStep(JobID, attempt: Int, StopStep)
    /// It takes too long, or does not go when it is asked to: what its processes are doing, and its last line of
    /// output.
    case jobDossier(JobID, attempt: Int, [StuckProcess], lastLine: String?)
    /// The whole tree is being killed.
    case jobKilling(JobID, attempt: Int)
    /// The tree is empty and the log complete.
    case jobEnded(JobID, attempt: Int, AttemptEnding)
    case jobRestarting(JobID, restart: Int, after: Duration)
    /// It has ended like this, and may run again: it, or a job that it follows, watches files.
    case jobResting(JobID, JobOutcome)
    /// This file that it watches has changed, maybe others before it: the job is started again, or gets a signal.
    case jobChanged(JobID, path: String)
    /// The job's last word: nothing of it will run again.
    case jobFinished(JobID, JobOutcome)
    /// The manifest was read again, and another plan holds from now on.
    indirect case runReloaded(PlanChange)
    case runStopping(RunStopReason)
    /// Everything but the `finally` tasks is finished, and they are about to run; what the run has come to so far.
    case runFinalizing(RunOutcome)
    case runFinished(RunOutcome)
}

package struct RunStart: Equatable, Sendable {
    package var runID: String
    /// Absolute path of the manifest.
    package var manifest: String
    package var name: String
    /// pkrun's own process.
    package var processID: Int32
    /// The containment mechanism in force, by name.
    package var mechanism: String
    package var goals: [JobID]

    package init(
        runID: String,
        manifest: String,
        name: String,
        processID: Int32,
        mechanism: String,
        goals: [JobID]
    ) {
        self.runID = runID
        self.manifest = manifest
        self.name = name
        self.processID = processID
        self.mechanism = mechanism
        self.goals = goals
    }
}

/// A process at the moment when somebody wondered about it.
package struct StuckProcess: Equatable, Sendable {
    package var process: ProcessSummary
    /// The letter of proc_pid_stat(5).
    package var state: String
    /// What it waits in, in words; `nil` where the kernel does not tell.
    package var place: String?
    /// The sockets that it has open, each in words that follow on its name.
    package var sockets: [String]

    package init(process: ProcessSummary, state: String, place: String?, sockets: [String] = []) {
        self.process = process
        self.state = state
        self.place = place
        self.sockets = sockets
    }
}

/// The last that one probe has to say.
package struct ProbeSummary: Equatable, Sendable {
    /// What it asks for, in words.
    package var probe: String
    package var passed: Bool
    /// What the last try came to: `Connection refused`, `HTTP 503`.
    package var result: String

    package init(probe: String, passed: Bool, result: String) {
        self.probe = probe
        self.passed = passed
        self.result = result
    }
}

package struct ProcessSummary: Hashable, Sendable {
    package var processID: Int32
    /// Its command line, or its short name where that cannot be read.
    package var command: String

    package init(processID: Int32, command: String) {
        self.processID = processID
        self.command = command
    }
}
