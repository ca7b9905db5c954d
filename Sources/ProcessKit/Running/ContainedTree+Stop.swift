internal import PkrunSystem

extension [ContainedTree] {
    /// Stops all of them at the same time, each in these steps, and waits until nothing of them is left.
    @ProcessThread
    func stop(_ ladder: [StopStep]) async -> StopReport {
        let observed = observe()
        for tree in self { tree.stop(.stopped, ladder) }
        for tree in self { _ = await tree.end() }
        return observed(!contains(where: \.wasKilled), true)
    }

    /// Sends SIGTERM to all of them, and kills what is left after the grace, if it is to escalate.
    @ProcessThread
    func stop(grace: Duration, escalate: Bool) async -> StopReport {
        if escalate { await stop([StopStep(.terminate, wait: grace)]) } else { await ask(grace: grace) }
    }

    /// Asks all of them to end, at the same time, and waits for so long at most.
    @ProcessThread
    private func ask(grace: Duration) async -> StopReport {
        let observed = observe()
        let deadline = MonotonicClock.now + grace
        for tree in self { tree.ask() }
        var isDrained = true
        for tree in self { isDrained = await tree.hasEnded(within: deadline - MonotonicClock.now) && isDrained }
        return observed(isDrained, false)
    }

    /// - Returns: what makes the report, given whether they have ended in time, and whether they are killed else.
    @ProcessThread
    private func observe() -> (_ isDrained: Bool, _ escalates: Bool) -> StopReport {
        let start = MonotonicClock.now
        let membersBefore = reduce(0) { $0 + $1.members().count }
        return { isDrained, escalates in
            StopReport(
                membersBefore: membersBefore,
                membersAfter: reduce(0) { $0 + $1.members().count },
                steps: map(\.stepsTaken).max() ?? 0,
                drained: isDrained,
                escalated: escalates && !isDrained,
                elapsed: MonotonicClock.now - start
            )
        }
    }
}
