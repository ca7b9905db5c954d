internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

@Suite struct FinallyTests {
    private let plan = Plan.of([
        .service("db"), .task("test", after: [.on(0, .ready)]), .task("clean", isFinally: true),
    ])

    @Test func itRunsWhenEverythingElseHasEnded() {
        var run = ScriptedRun(plan)
        #expect(run.begin() == ["start db"])
        _ = run.started("db") + run.ready("db") + run.started("test")
        #expect(run.ended("test") == ["test succeeded", "stop db"])
        #expect(run.ended("db") == ["db stopped", "start clean"])
        _ = run.started("clean")
        #expect(run.ended("clean") == ["clean succeeded", "finish 0"])
    }

    @Test func itRunsAfterAFailureAndAfterOneSignal() {
        var failing = ScriptedRun(plan)
        _ = failing.begin() + failing.started("db") + failing.ready("db") + failing.started("test")
        #expect(failing.ended("test", .exited(3)) == ["test failed", "stop db"])
        #expect(failing.ended("db") == ["db stopped", "start clean"])
        _ = failing.started("clean")
        #expect(failing.ended("clean") == ["clean succeeded", "finish 1"])

        var interrupted = ScriptedRun(plan)
        _ = interrupted.begin() + interrupted.started("db")
        #expect(interrupted.interrupt() == ["test skipped", "disarm readiness of db", "stop db"])
        #expect(interrupted.ended("db") == ["db stopped", "start clean"])
        _ = interrupted.started("clean")
        #expect(interrupted.ended("clean") == ["clean succeeded", "finish 130"])
    }

    @Test func theSecondSignalEndsItOrKeepsItFromStarting() {
        var before = ScriptedRun(plan)
        _ = before.begin() + before.started("db") + before.interrupt()
        #expect(before.interrupt() == ["kill db"])
        #expect(before.ended("db") == ["db stopped", "clean skipped", "finish 130"])

        var within = ScriptedRun(plan)
        _ = within.begin() + within.started("db") + within.interrupt() + within.ended("db") + within.started("clean")
        #expect(within.interrupt() == ["kill clean"])
        #expect(within.ended("clean", .signaled(.kill)) == ["clean stopped", "finish 130"])
    }

    @Test func itsFailureCountsAndHoldsNobodyUp() {
        var run = ScriptedRun(.of([.task("a"), .task("x", isFinally: true), .task("y", isFinally: true)]))
        _ = run.begin() + run.started("a")
        #expect(run.ended("a") == ["a succeeded", "start x", "start y"])
        _ = run.started("x", "y")
        #expect(run.ended("x", .exited(1)) == ["x failed"])
        #expect(run.ended("y") == ["y succeeded", "finish 1"])
    }

    @Test func theTimeoutOfTheRunDoesNotCountForIt() {
        var run = ScriptedRun(.of([.task("a"), .task("x", isFinally: true)], timeout: .seconds(5)))
        #expect(run.begin() == ["arm run 5.0 seconds", "start a"])
        _ = run.started("a")
        #expect(run.ended("a") == ["a succeeded", "disarm run", "start x"])
    }
}
