internal import PkrunSystem

extension [ContainedTree] {
    /// Asks all of them to end, at the same time, and waits.
    @ProcessThread
    func stop(grace: Duration, escalate: Bool) async -> StopReport {
        let start = MonotonicClock.now
        let membersBefore = reduce(0) { $0 + $1.members().count }
        for tree in self {
            if escalate { tree.stop(.stopped, grace: grace) } else { tree.ask() }
        }
        var isDrained = true
        for tree in self {
            if escalate {
                _ = await tree.end()
                isDrained = isDrained && !tree.wasKilled
            } else {
                let rest = start + grace - MonotonicClock.now
                isDrained = await tree.hasEnded(within: rest) && isDrained
            }
        }
        return StopReport(
            membersBefore: membersBefore,
            membersAfter: reduce(0) { $0 + $1.members().count },
            drained: isDrained,
            escalated: escalate && !isDrained,
            elapsed: MonotonicClock.now - start
        )
    }
}
