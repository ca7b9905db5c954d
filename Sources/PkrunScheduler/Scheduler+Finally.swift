internal import PkrunEvents
internal import PkrunPlan

/// The tasks that run after everything else, whatever happened.
extension Scheduler {
    /// Lets them start; after a second signal they are skipped.
    mutating func beginFinally() {
        hasBegunFinally = true
        guard unfinished > 0 else { return }
        disarmRunTimer()
        actions.append(.report(.runFinalizing(verdict)))
        let isHurried = interrupts > 1
        if !isHurried { phase = .finalizing }
        for index in records.indices where plan.jobs[index].isFinally && records[index].state == .waiting {
            records[index].unmet -= 1
            if isHurried {
                release(JobID(index))
            } else if records[index].unmet == 0 {
                enqueue(JobID(index))
            }
        }
    }

    /// What the run has come to.
    var verdict: RunOutcome {
        var outcome = RunOutcome(exitCode: ExitCode.success, stopReason: stopReason, failed: failed)
        outcome.unreached = unreached.filter { !plan.jobs[$0.index].isOptional }.sorted()
        outcome.exitCode =
            switch stopReason {
            case .interrupted(let signal): ExitCode.stopped(by: signal)
            case .fault: ExitCode.internalFault
            case .timeout: ExitCode.runTimeout
            case .failed: ExitCode.jobFailed
            case .ended, nil: failed.isEmpty && outcome.unreached.isEmpty ? ExitCode.success : ExitCode.jobFailed
            }
        return outcome
    }
}
