package import PkrunPlan

/// How a process ended; waitid(2).
package enum ExitStatus: Hashable, Sendable {
    case exited(Int32)
    case signaled(SignalNumber)

    /// The code a shell would show: the exit code, or 128 plus the signal's number.
    package var shellCode: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal.rawValue
        }
    }
}

/// Why a job's process could not be started.
package struct StartFailure: Error, Hashable, Sendable {
    /// The step that failed, in words: `execute`, `enter the working directory`, `become user 'postgres'`.
    package var step: String
    /// What the step was about: a path, a user.
    package var subject: String
    /// errno(3)
    package var errorNumber: Int32
    /// strerror(3) of it, and what to do about it where we know.
    package var message: String

    package init(step: String, subject: String, errorNumber: Int32, message: String) {
        self.step = step
        self.subject = subject
        self.errorNumber = errorNumber
        self.message = message
    }

    /// The step that fails where the command cannot be found or executed; execve(2).
    package static let executeStep = "execute"

    /// What a shell answers: 127 where the command is not to be found, 126 where it cannot be executed.
    package var shellCode: Int32 { step == Self.executeStep && errorNumber == Self.noEntry ? 127 : 126 }

    /// ENOENT
    private static let noEntry: Int32 = 2
}

/// How one execution of a job ended, once its tree was empty and its log complete.
package struct AttemptEnding: Hashable, Sendable {
    /// How the main process ended.
    package var status: ExitStatus
    /// What was left alive when it had ended (empty where nothing was).
    package var leftBehind: [ProcessSummary]
    package var receipt: TreeReceipt

    package init(status: ExitStatus, leftBehind: [ProcessSummary] = [], receipt: TreeReceipt = TreeReceipt()) {
        self.status = status
        self.leftBehind = leftBehind
        self.receipt = receipt
    }
}

/// The teardown receipt of one tree.
package struct TreeReceipt: Hashable, Sendable {
    /// How the tree came to be empty.
    package var end: TreeEnd
    /// Distinct processes that pkrun has seen in the tree: the main one, and those listed while it ended.
    package var processesSeen: Int
    /// Processes alive after the end; anything but 0 fails the run.
    package var survivors: Int
    /// User and system time of the whole tree, where the mechanism can tell; else of what was waited for.
    package var cpuTime: Duration
    /// Largest resident set of a process that was waited for, in bytes; getrusage(2). The kernel counts the moment
    /// before execve(2), in which a process still shares pkrun's memory, so that it is never less than pkrun's own.
    package var peakMemory: UInt64
    /// From storage, in bytes, by what was waited for.
    package var bytesRead: UInt64
    /// To storage, in bytes, by what was waited for.
    package var bytesWritten: UInt64
    /// What came of the limits of the tree; `nil` where it had none.
    package var limits: LimitReceipt?

    package init(
        end: TreeEnd = .byItself,
        processesSeen: Int = 1,
        survivors: Int = 0,
        cpuTime: Duration = .zero,
        peakMemory: UInt64 = 0,
        bytesRead: UInt64 = 0,
        bytesWritten: UInt64 = 0,
        limits: LimitReceipt? = nil
    ) {
        self.end = end
        self.processesSeen = processesSeen
        self.survivors = survivors
        self.cpuTime = cpuTime
        self.peakMemory = peakMemory
        self.bytesRead = bytesRead
        self.bytesWritten = bytesWritten
        self.limits = limits
    }
}

package enum TreeEnd: Hashable, Sendable {
    case byItself
    /// During this step of the stop ladder, counted from 0.
    case step(Int)
    case killed
    /// It did not: processes remained that even SIGKILL does not end (uninterruptible sleep, state D in proc(5)).
    case abandoned
}

/// What became of a job.
package enum JobOutcome: Hashable, Sendable {
    case succeeded
    case failed(FailureReason)
    /// pkrun ended it, and that was no failure.
    case stopped(StopReason)
    case skipped(SkipReason)
}

package enum FailureReason: Hashable, Sendable {
    case startFailed(StartFailure)
    /// Ended on its own with this status, which is no success for its kind.
    case ended(ExitStatus)
    /// Ended so, after the kernel had killed a process of it because all of them together had used up this many bytes.
    case outOfMemory(limit: UInt64, ExitStatus)
    case timeout(Duration)
    case idleTimeout(Duration)
    case notReady(within: Duration)
    /// A readiness probe of it failed so many times, which is once more than it may be tried again.
    case probeFailed(times: Int)
    /// Somebody outside of its tree listens on the port that was to show its readiness.
    case portTaken(UInt16, by: PortHolder)
    /// Its health check failed.
    case unhealthy
    /// Left processes behind, under `leaks: fail`.
    case leftBehind([ProcessSummary])
    /// Processes that could not be ended.
    case survivors(Int)
    /// It was ended because a dependency of it started again, and that can no longer get where the job needs it.
    case dependency(Dependency)
}

/// Who listens on a port.
package struct PortHolder: Hashable, Sendable {
    /// The user who made the socket.
    package var userID: UInt32
    /// `nil` where pkrun may not look into the processes of that user.
    package var process: ProcessSummary?
    /// `nil` where no run of pkrun is known to have started it.
    package var origin: ProcessOrigin?

    package init(userID: UInt32, process: ProcessSummary?, origin: ProcessOrigin? = nil) {
        self.userID = userID
        self.process = process
        self.origin = origin
    }
}

/// The run that a process belongs to, this one or another.
package struct ProcessOrigin: Hashable, Sendable {
    /// Absolute path of the run's directory.
    package var run: String
    /// `nil` where that cannot be told.
    package var job: String?

    package init(run: String, job: String?) {
        self.run = run
        self.job = job
    }
}

/// Why pkrun ends a job that is running.
package enum StopReason: Hashable, Sendable {
    /// A support service that no unfinished job needs any more.
    case notNeeded
    case run(RunStopReason)
    case timeout(Duration)
    case idleTimeout(Duration)
    case notReady(within: Duration)
    /// A readiness probe of it has failed so many times.
    case probeFailed(times: Int)
    /// Somebody else has the port that was to show its readiness.
    case portTaken(UInt16, by: PortHolder)
    /// Its health check has failed.
    case unhealthy
    /// The dependency is being started again, and the job is to follow it.
    case dependencyRestarts(JobID)
    /// A file that it watches has changed, and it is to be started again.
    case changed(String)
}

/// Why a whole run is being stopped.
package enum RunStopReason: Hashable, Sendable {
    case failed(JobID)
    /// The job was to end the run by its own end.
    case ended(JobID)
    case interrupted(SignalNumber)
    /// Something of pkrun's own went wrong, such as a log that cannot be written.
    case fault(String)
    case timeout(Duration)
}

package enum SkipReason: Hashable, Sendable {
    /// The dependency can no longer meet its condition.
    case dependency(Dependency)
    /// Its `if` does not hold.
    case condition
    /// Every job that it was to support had ended or been skipped.
    case notNeeded
    case run(RunStopReason)
}

/// How the run ended.
package struct RunOutcome: Equatable, Sendable {
    package var exitCode: Int32
    package var stopReason: RunStopReason?
    /// The jobs whose failure counts, in the order in which they failed: required ones, and any that left survivors.
    package var failed: [JobID]
    /// Required jobs that were skipped because a dependency of theirs did not get where it should.
    package var unreached: [JobID]

    package init(
        exitCode: Int32,
        stopReason: RunStopReason? = nil,
        failed: [JobID] = [],
        unreached: [JobID] = []
    ) {
        self.exitCode = exitCode
        self.stopReason = stopReason
        self.failed = failed
        self.unreached = unreached
    }
}
