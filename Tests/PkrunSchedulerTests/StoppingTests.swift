internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

@Suite struct StoppingTests {
    @Test func supportEndsWithTheLastJobThatNeedsIt() {
        var run = ScriptedRun(
            .of([
                .service("db", isProbed: false), .service("api", after: [.on(0, .ready)], isProbed: false),
                .task("smoke", after: [.on(1, .ready)]),
            ])
        )
        _ = run.begin() + run.started("db", "api", "smoke")
        #expect(run.ended("smoke") == ["smoke succeeded", "stop api"])
        #expect(run.ended("api", .signaled(.term)) == ["api stopped", "stop db"])
        #expect(run.ended("db") == ["db stopped", "finish 0"])
    }

    @Test func aServiceThatIsAGoalStaysUpUntilTheUserStopsIt() {
        var run = ScriptedRun(.of([.service("web", isProbed: false), .task("seed")]))
        _ = run.begin() + run.started("web", "seed")
        #expect(run.ended("seed") == ["seed succeeded"])
        #expect(run.interrupt() == ["stop web"])
        #expect(run.ended("web") == ["web stopped", "finish 130"])
    }

    @Test func aServiceThatNobodyCameToNeedIsNotStarted() {
        var run = ScriptedRun(
            .of(
                [
                    .task("bad"), .task("slow"), .service("db", after: [.on(1, .succeeded)]),
                    .task("use", after: [.on(0, .succeeded), .on(2, .ready)]),
                ],
                onFailure: .continue
            )
        )
        _ = run.begin() + run.started("bad", "slow")
        #expect(run.ended("bad", .exited(1)) == ["bad failed", "use skipped for bad", "db not needed"])
        #expect(run.ended("slow") == ["slow succeeded", "finish 1"])
    }

    @Test func stoppingGoesInReverseOrderAndInParallel() {
        var run = ScriptedRun(
            .of([
                .service("db", isProbed: false), .service("cache", isProbed: false),
                .service("api", after: [.on(0, .ready), .on(1, .ready)], isProbed: false),
                .service("web", after: [.on(1, .ready)], isProbed: false),
            ])
        )
        _ = run.begin() + run.started("db", "cache", "api", "web")
        #expect(run.interrupt(.term) == ["stop api", "stop web"])
        #expect(run.ended("api") == ["api stopped", "stop db"])
        #expect(run.ended("db") == ["db stopped"])
        #expect(run.ended("web") == ["web stopped", "stop cache"])
        #expect(run.ended("cache") == ["cache stopped", "finish 143"])
    }

    @Test func theSecondSignalKillsEverythingAtOnce() {
        var run = ScriptedRun(
            .of([.service("db", isProbed: false), .service("api", after: [.on(0, .ready)], isProbed: false)])
        )
        _ = run.begin() + run.started("db", "api")
        #expect(run.interrupt() == ["stop api"])
        #expect(run.interrupt() == ["kill db", "kill api"])
        #expect(run.interrupt() == [])
        #expect(run.ended("db", .signaled(.kill)) == ["db stopped"])
        #expect(run.ended("api", .signaled(.kill)) == ["api stopped", "finish 130"])
    }

    @Test func whatIsStillStartingIsStoppedAsSoonAsItIsThere() {
        var run = ScriptedRun(.of([.task("a")]))
        _ = run.begin()
        #expect(run.interrupt() == [])
        #expect(run.started("a") == ["stop a"])
        #expect(run.ended("a", .signaled(.term)) == ["a stopped", "finish 130"])
    }

    @Test func theFirstReasonToStopDecidesTheExitCode() {
        var failedFirst = ScriptedRun(.of([.task("bad"), .task("long")]))
        _ = failedFirst.begin() + failedFirst.started("bad", "long") + failedFirst.ended("bad", .exited(1))
        #expect(failedFirst.interrupt() == [])
        #expect(failedFirst.ended("long") == ["long stopped", "finish 1"])

        var stoppedFirst = ScriptedRun(.of([.task("bad"), .task("needs", after: [.on(0, .started)])]))
        _ = stoppedFirst.begin() + stoppedFirst.started("bad", "needs") + stoppedFirst.interrupt()
        #expect(stoppedFirst.ended("bad", .exited(1)) == ["bad failed"])
        #expect(stoppedFirst.ended("needs") == ["needs stopped", "finish 130"])
    }

    @Test func theRunHasATimeoutOfItsOwn() {
        var run = ScriptedRun(.of([.task("a"), .task("b", after: [.on(0, .succeeded)])], timeout: .seconds(9)))
        #expect(run.begin() == ["arm run 9.0 seconds", "start a"])
        _ = run.started("a")
        #expect(run.feed(.timer(.run)) == ["b skipped", "stop a"])
        #expect(run.ended("a", .signaled(.term)) == ["a stopped", "finish 124"])
    }

    @Test func aBackoffEndsWithTheRun() {
        var run = ScriptedRun(.of([.task("a", restart: RestartPolicy(condition: .always))]))
        _ = run.begin() + run.started("a") + run.ended("a")
        #expect(run.interrupt() == ["disarm restart of a", "a stopped", "finish 130"])
    }

    @Test func aJobThatTakesTooLongHasFailed() {
        var run = ScriptedRun(.of([.task("a", timeout: .seconds(3))]))
        _ = run.begin()
        #expect(run.started("a") == ["arm timeout of a 3.0 seconds"])
        #expect(run.timer(SchedulerTimer.timeout, "a") == ["stop a"])
        #expect(run.ended("a") == ["a failed", "finish 1"])
    }

    @Test func silenceCountsFromTheLastOutput() {
        var run = ScriptedRun(.of([.task("a", idleTimeout: .seconds(10))]))
        _ = run.begin()
        #expect(run.started("a") == ["arm idle of a 10.0 seconds"])
        #expect(run.quiet("a", for: .seconds(4)) == ["arm idle of a 6.0 seconds"])
        #expect(run.quiet("a", for: .seconds(10)) == ["stop a"])
        #expect(run.ended("a") == ["a failed", "finish 1"])
    }

    @Test func readinessHasALimitAndIsTriedAgainAsTheRestartsSay() {
        let policy = RestartPolicy(condition: .onFailure, maximum: 1)
        var run = ScriptedRun(.of([.service("db", restart: policy)]))
        _ = run.begin()
        #expect(run.started("db") == ["arm readiness of db 60.0 seconds"])
        #expect(run.timer(SchedulerTimer.readiness, "db") == ["stop db"])
        #expect(run.ended("db") == ["arm restart of db 1.0 seconds"])
        _ = run.timer(SchedulerTimer.restart, "db") + run.started("db")
        #expect(run.ready("db") == ["disarm readiness of db"])
    }
}
