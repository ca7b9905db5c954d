internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

@Suite struct RestartingTests {
    private let always = RestartPolicy(condition: .always, backoff: .seconds(1))

    @Test func aTaskIsRetriedAfterTheFailuresThatCallForIt() {
        let triggers = RetryPolicy.Triggers(timeout: true, exitCodes: [75])
        let retry = RetryPolicy(maximum: 2, delay: .seconds(3), triggers: triggers)
        let plan = Plan.of([.task("push", timeout: .seconds(9), retry: retry)])
        var run = ScriptedRun(plan)
        _ = run.begin() + run.started("push")
        #expect(run.ended("push", .exited(75)) == ["disarm timeout of push", "arm restart of push 3.0 seconds"])
        #expect(run.timer(SchedulerTimer.restart, "push") == ["start push again, 2"])
        _ = run.started("push")
        #expect(run.timer(SchedulerTimer.timeout, "push") == ["stop push"])
        #expect(run.ended("push", .signaled(.term)) == ["arm restart of push 3.0 seconds"])
        _ = run.timer(SchedulerTimer.restart, "push") + run.started("push")
        #expect(run.ended("push", .exited(75)) == ["disarm timeout of push", "push failed", "finish 1"])

        var other = ScriptedRun(plan)
        _ = other.begin() + other.started("push")
        #expect(other.ended("push", .exited(1)).last == "finish 1")
    }

    @Test func dependentsThatAskForItFollowARestart() {
        let plan = Plan.of([
            .service("db", restart: always), .service("api", after: [.on(0, .ready, restarts: true)], isProbed: false),
            .service("web", after: [.on(1, .ready, restarts: true)], isProbed: false),
            .service("other", after: [.on(0, .ready)], isProbed: false),
        ])
        var run = ScriptedRun(plan)
        _ = run.begin() + run.started("db") + run.ready("db") + run.started("api", "other") + run.started("web")
        #expect(run.ended("db", .exited(1)) == ["arm restart of db 1.0 seconds", "stop api", "stop web"])
        #expect(run.ended("api") == [])
        #expect(run.ended("web") == [])
        _ = run.timer(SchedulerTimer.restart, "db") + run.started("db")
        #expect(run.ready("db") == ["disarm readiness of db", "start api again, 2"])
        #expect(run.started("api") == ["start web again, 2"])
    }

    @Test func aFollowerThatNeedsNoMoreThanAStartWaitsForTheNextOne() {
        let plan = Plan.of([
            .service("db", isProbed: false, restart: always),
            .service("api", after: [.on(0, .started, restarts: true)], isProbed: false),
            .service("web", after: [.on(1, .started, restarts: true)], isProbed: false),
        ])
        var run = ScriptedRun(plan)
        _ = run.begin() + run.started("db") + run.started("api") + run.started("web")
        #expect(run.ended("db", .exited(1)) == ["arm restart of db 1.0 seconds", "stop api", "stop web"])
        #expect(run.ended("web") == [])
        #expect(run.ended("api") == [])
        #expect(run.timer(SchedulerTimer.restart, "db") == ["start db again, 2"])
        #expect(run.started("db") == ["start api again, 2"])
        #expect(run.started("api") == ["start web again, 2"])
    }

    @Test func whatRunsFollowsAlsoOneThatIsStoppedAsSoonAsItHasStarted() {
        let plan = Plan.of([
            .service("db", isProbed: false, restart: always),
            .service("api", after: [.on(0, .ready, restarts: true)], isProbed: false, restart: always),
            .task("load", after: [.on(1, .ready, restarts: true)], timeout: .seconds(9), restart: always),
        ])
        var run = ScriptedRun(plan)
        _ = run.begin() + run.started("db") + run.started("api") + run.started("load")
        // While the task is being stopped for reasons of its own it does not follow; its restart asks for nothing.
        _ = run.timer(SchedulerTimer.timeout, "load") + run.ended("api", .exited(1)) + run.ended("load")
        #expect(run.timer(SchedulerTimer.restart, "api") == ["start api again, 2"])
        #expect(run.timer(SchedulerTimer.restart, "load") == ["start load again, 2"])
        _ = run.started("load")
        #expect(run.ended("db", .exited(1)) == ["arm restart of db 1.0 seconds"])
        #expect(run.started("api") == ["stop api", "disarm timeout of load", "stop load"])
    }

    @Test func aRestartThatWaitsForItsPlaceAsksForNothing() {
        let plan = Plan.of(
            [
                .service("db", isProbed: false), .task("a", after: [.on(0, .ready)], restart: always),
                .task("b", after: [.on(0, .ready)]),
            ],
            concurrency: 1,
            onFailure: .continue
        )
        var run = ScriptedRun(plan)
        _ = run.begin() + run.started("db") + run.started("a")
        #expect(run.ended("a", .exited(1)) == ["arm restart of a 1.0 seconds", "start b"])
        _ = run.started("b")
        #expect(run.timer(SchedulerTimer.restart, "a") == [])
        #expect(run.ended("db", .exited(1)) == ["db failed"])
        #expect(run.ended("b") == ["b succeeded", "start a again, 2"])
    }

    @Test func aFollowerWhoseDependencyIsGoneHasFailed() {
        let once = RestartPolicy(condition: .onFailure, maximum: 1)
        let plan = Plan.of(
            [.service("db", restart: once, isOptional: true), .service("api", after: [.on(0, .ready, restarts: true)])]
        )
        var run = ScriptedRun(plan)
        _ = run.begin() + run.started("db") + run.ready("db") + run.started("api") + run.ended("db", .exited(1))
        _ = run.ended("api") + run.timer(SchedulerTimer.restart, "db") + run.started("db")
        #expect(run.ended("db", .exited(1)) == ["disarm readiness of db", "db failed", "api failed", "finish 1"])
    }

    @Test func whatIsNotRequiredIsWaitedForAndNotMissed() {
        var run = ScriptedRun(
            .of([.task("warm", isOptional: true), .task("test", after: [.on(0, .succeeded, isRequired: false)])])
        )
        #expect(run.begin() == ["start warm"])
        _ = run.started("warm")
        #expect(run.ended("warm", .exited(1)) == ["warm failed", "start test"])
        _ = run.started("test")
        #expect(run.ended("test") == ["test succeeded", "finish 0"])
    }

    @Test func anAttemptThatLastsWipesTheCountOfRestarts() {
        let policy = RestartPolicy(
            condition: .onFailure,
            maximum: 1,
            backoff: .seconds(2),
            factor: 3,
            window: .seconds(60)
        )
        var run = ScriptedRun(.of([.service("db", isProbed: false, restart: policy)]))
        _ = run.begin()
        #expect(run.started("db") == [])
        #expect(run.ended("db", .exited(1)) == ["arm restart of db 2.0 seconds"])
        _ = run.timer(SchedulerTimer.restart, "db")
        #expect(run.started("db") == ["arm window of db 60.0 seconds"])
        #expect(run.timer(SchedulerTimer.window, "db") == [])
        #expect(run.ended("db", .exited(1)) == ["arm restart of db 2.0 seconds"])
        _ = run.timer(SchedulerTimer.restart, "db") + run.started("db")
        #expect(run.ended("db", .exited(1)) == ["disarm window of db", "db failed", "finish 1"])
    }

    @Test func aRestartThatWaitsForItsPlaceWaitsForWhatItFollows() {
        let jobs: [JobPlan] = [
            .service("db", isProbed: false, restart: RestartPolicy(condition: .onFailure)),
            .task("a", after: [.on(0, .ready, restarts: true)], retry: RetryPolicy(maximum: 1)),
            .task("b", after: [.on(0, .ready)]),
        ]
        var run = ScriptedRun(.of(jobs, concurrency: 1))
        _ = run.begin() + run.started("db") + run.started("a")
        #expect(run.ended("a", .exited(1)) == ["arm restart of a 0.0 seconds", "start b"])
        _ = run.started("b") + run.timer(SchedulerTimer.restart, "a") + run.ended("db", .exited(1))
        #expect(run.ended("b") == ["b succeeded"])
        #expect(run.timer(SchedulerTimer.restart, "db") == ["start db again, 2"])
        #expect(run.started("db") == ["start a again, 2"])
    }

    @Test func noTwoTasksHoldOneLock() {
        var run = ScriptedRun(
            .of([
                .task("a", locks: ["x", "y"]), .task("b", locks: ["x"]), .task("c", locks: ["y"]),
                .task("d", locks: ["x"]), .task("e"),
            ])
        )
        #expect(run.begin() == ["start a", "start e"])
        _ = run.started("a", "e")
        #expect(run.ended("a") == ["a succeeded", "start b", "start c"])
        _ = run.started("b", "c")
        #expect(run.ended("b") == ["b succeeded", "start d"])
    }
}
