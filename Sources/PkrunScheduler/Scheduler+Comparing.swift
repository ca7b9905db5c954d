/// Schedulers of one plan that are equal do the same from here on, whatever has led to it.
extension Scheduler: Hashable {
    package static func == (left: Scheduler, right: Scheduler) -> Bool {
        left.records == right.records && left.phase == right.phase && left.stopReason == right.stopReason
            && left.hasBegunFinally == right.hasBegunFinally && left.interrupts == right.interrupts
            && left.readyServices == right.readyServices && left.readyTasks == right.readyTasks
            && left.runningTasks == right.runningTasks && left.locks == right.locks
            && left.unfinished == right.unfinished && left.unfinishedOrdinary == right.unfinishedOrdinary
            && left.runTimerIsArmed == right.runTimerIsArmed && left.failed == right.failed
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(records)
        hasher.combine(phase)
        hasher.combine(interrupts)
    }
}
