internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

extension RunAuditor {
    /// All that an auditor remembers of a run, so that it can go back to an earlier moment.
    struct Knowledge: Hashable {
        var jobs: [Account]
        var armed: Set<SchedulerTimer>
        var interrupts: Int
        var runStop: RunStopReason?
        var isFinalizing: Bool
        var finalStop: RunStopReason?
        var outerStop: RunStopReason?
        var failures: [JobID]
        var owedStop: RunStopReason?
        var isFinished: Bool
    }

    var knowledge: Knowledge {
        get {
            Knowledge(
                jobs: jobs,
                armed: armed,
                interrupts: interrupts,
                runStop: runStop,
                isFinalizing: isFinalizing,
                finalStop: finalStop,
                outerStop: outerStop,
                failures: failures,
                owedStop: owedStop,
                isFinished: isFinished
            )
        }
        set {
            jobs = newValue.jobs
            armed = newValue.armed
            interrupts = newValue.interrupts
            runStop = newValue.runStop
            isFinalizing = newValue.isFinalizing
            finalStop = newValue.finalStop
            outerStop = newValue.outerStop
            failures = newValue.failures
            owedStop = newValue.owedStop
            isFinished = newValue.isFinished
        }
    }
}
