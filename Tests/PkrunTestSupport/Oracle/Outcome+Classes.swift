internal import PkrunEvents
internal import PkrunPlan

extension JobOutcome {
    var isSkipped: Bool { if case .skipped = self { true } else { false } }

    /// Not even a change of the files that the job watches makes it run again.
    var isFinal: Bool {
        switch self {
        case .succeeded: false
        case .failed(let reason): reason.hasSurvivors
        case .stopped, .skipped: true
        }
    }

    /// The same, whichever of several failures at once is told as its reason.
    var anonymous: JobOutcome {
        switch self {
        case .failed(.dependency): .failed(.dependency(.anonymous))
        case .skipped(.dependency): .skipped(.dependency(.anonymous))
        case .skipped(.run(let reason)): .skipped(.run(reason.anonymous))
        case .stopped(.run(let reason)): .stopped(.run(reason.anonymous))
        default: self
        }
    }
}

extension RunOutcome {
    /// The same, whichever of several failures at once is told as the first.
    var anonymous: RunOutcome {
        var outcome = self
        outcome.stopReason = stopReason?.anonymous
        outcome.failed.sort()
        return outcome
    }
}

extension RunStopReason {
    /// Of a failure and an end at once, the failure is told.
    var isFailure: Bool { if case .failed = self { true } else { false } }

    var anonymous: RunStopReason {
        switch self {
        case .failed: .failed(JobID(0))
        case .ended: .ended(JobID(0))
        case .interrupted, .fault, .timeout: self
        }
    }
}

extension Dependency {
    fileprivate static var anonymous: Dependency { Dependency(JobID(0), .completed) }
}

extension FailureReason {
    var hasSurvivors: Bool { if case .survivors = self { true } else { false } }
}

extension StopReason {
    /// The job is ended in order to be started again.
    var isRestart: Bool {
        switch self {
        case .changed, .dependencyRestarts: true
        case .notNeeded, .run, .timeout, .idleTimeout, .notReady, .probeFailed, .portTaken, .unhealthy: false
        }
    }
}

extension AttemptEnding {
    /// Processes that the kernel has killed for want of memory.
    var memoryKills: Int { receipt.limits?.memoryKills ?? 0 }
}
