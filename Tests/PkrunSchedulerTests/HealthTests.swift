internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

@Suite struct HealthTests {
    private func plan(_ reaction: HealthCheck.Reaction) -> Plan {
        var db = JobPlan.service("db", isProbed: false)
        db.health = HealthCheck(probes: [.exec(["true"])], onFailure: reaction)
        return .of([db, .task("test", after: [.on(0, .healthy)])])
    }

    @Test func dependentsWaitForHealth() {
        var run = ScriptedRun(plan(.mark))
        #expect(run.begin() == ["start db"])
        #expect(run.started("db") == [])
        #expect(run.healthy("db") == ["start test"])
        #expect(run.healthy("db") == [])
    }

    @Test func anUnhealthyJobIsRestartedStoppedOrMarked() {
        var restarted = ScriptedRun(plan(.restart))
        _ = restarted.begin() + restarted.started("db") + restarted.healthy("db")
        #expect(restarted.unhealthy("db") == ["stop db"])
        #expect(restarted.ended("db") == ["arm restart of db 1.0 seconds"])
        #expect(restarted.timer(SchedulerTimer.restart, "db") == ["start db again, 2"])

        var stopped = ScriptedRun(plan(.stop))
        _ = stopped.begin() + stopped.started("db")
        #expect(stopped.unhealthy("db") == ["stop db"])
        #expect(stopped.ended("db") == ["db failed", "test skipped for db", "finish 1"])

        var marked = ScriptedRun(plan(.mark))
        _ = marked.begin() + marked.started("db")
        #expect(marked.unhealthy("db") == [])
        #expect(marked.healthy("db") == ["start test"])
    }

    @Test func onlySoManyFailuresInARowCount() {
        let check = HealthCheck(probes: [], retries: 2, startPeriod: .seconds(10))
        var tally = HealthTally(check)
        for second in 0..<10 { #expect(tally.look(passed: false, at: .seconds(second)) == nil) }
        #expect(tally.look(passed: false, at: .seconds(10)) == nil)
        #expect(tally.look(passed: true, at: .seconds(11)) == .healthy)
        #expect(tally.look(passed: false, at: .seconds(12)) == nil)
        #expect(tally.look(passed: true, at: .seconds(13)) == nil)
        #expect(tally.look(passed: false, at: .seconds(14)) == nil)
        #expect(tally.look(passed: false, at: .seconds(15)) == .unhealthy)
        #expect(tally.look(passed: false, at: .seconds(16)) == nil)
        #expect(tally.look(passed: true, at: .seconds(17)) == .healthy)
    }

    @Test func whoHasBeenHealthyHasStartedAndFailsInEarnest() {
        var tally = HealthTally(HealthCheck(probes: [], retries: 2, startPeriod: .seconds(10)))
        #expect(tally.look(passed: true, at: .seconds(1)) == .healthy)
        #expect(tally.look(passed: false, at: .seconds(2)) == nil)
        #expect(tally.look(passed: false, at: .seconds(3)) == .unhealthy)
    }

    @Test func aJobWhoseConditionDoesNotHoldIsSkippedWithoutHarm() {
        var never = JobPlan.task("deploy")
        never.onlyIf = .never
        var asked = JobPlan.task("push")
        asked.onlyIf = .command(["true"])
        var run = ScriptedRun(.of([never, asked, .task("after", after: [.on(0, .succeeded)])]))
        #expect(run.begin() == ["deploy not wanted", "after skipped for deploy", "ask and start push"])
        #expect(run.declined("push") == ["push not wanted", "finish 0"])
    }
}
