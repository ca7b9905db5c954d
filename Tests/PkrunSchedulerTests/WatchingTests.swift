internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

@Suite struct WatchingTests {
    private func watched(_ job: JobPlan, _ action: WatchAction = .restart) -> JobPlan {
        var job = job
        job.watch = WatchPlan(paths: ["/src/**"], debounce: .seconds(1), action: action)
        return job
    }

    @Test func aTaskThatHasEndedRunsAgainAndTheRunStaysUp() {
        var run = ScriptedRun(.of([watched(.task("test"))]))
        _ = run.begin() + run.started("test")
        #expect(run.ended("test", .exited(1)) == ["test failed for now"])
        #expect(run.changed("test") == ["start test again, 2"])
        _ = run.started("test")
        #expect(run.ended("test") == ["test succeeded for now"])
        #expect(run.interrupt() == ["test succeeded", "finish 130"])
    }

    @Test func whatRunsIsStoppedAndStartedAgain() {
        var run = ScriptedRun(.of([watched(.service("api", isProbed: false))]))
        _ = run.begin() + run.started("api")
        #expect(run.changed("api") == ["stop api"])
        #expect(run.ended("api", .signaled(.term)) == ["start api again, 2"])
    }

    @Test func whatIsOnItsWayToANewStartSeesTheNextChangeAnyway() {
        var run = ScriptedRun(.of([watched(.service("api", isProbed: false))]))
        _ = run.begin() + run.started("api")
        #expect(run.changed("api") == ["stop api"])
        #expect(run.feed(.changed(JobID(0), path: "b")) == [])
        #expect(run.ended("api", .signaled(.term)) == ["start api again, 2"])
    }

    @Test func whatLeavesProcessesThatNobodyCanEndDoesNotWaitForAChange() {
        var run = ScriptedRun(.of([watched(.task("test"))]))
        _ = run.begin() + run.started("test")
        #expect(run.ended("test", leaving: [], survivors: 1) == ["test failed", "finish 1"])
    }

    @Test func aChangeMakesNothingGoodOfWhatNobodyNeedsAnyMore() {
        var db = watched(.service("db", isProbed: false))
        db.timeout = .seconds(10)
        let jobs: [JobPlan] = [db, .task("test", after: [.on(0, .ready)]), .service("other", isProbed: false)]
        var run = ScriptedRun(.of(jobs, onFailure: .continue))
        _ = run.begin() + run.started("db", "other") + run.started("test")
        #expect(run.timer(SchedulerTimer.timeout, "db") == ["stop db"])
        #expect(run.changed("db") == [])
        #expect(run.ended("test") == ["test succeeded"])
        #expect(run.ended("db", .signaled(.term)) == ["db failed"])
    }

    @Test func aRunningJobMayAskForASignalInstead() {
        var run = ScriptedRun(.of([watched(.service("api", isProbed: false), .signal(.hup))]))
        _ = run.begin() + run.started("api")
        #expect(run.changed("api") == ["SIGHUP to api"])
        #expect(run.ended("api", .exited(1)) == ["api failed for now"])
        #expect(run.changed("api") == ["start api again, 2"])
    }

    @Test func manyChangesAreOneAndTheTimeCountsFromTheLast() {
        var run = ScriptedRun(.of([watched(.task("test"))]))
        _ = run.begin() + run.started("test") + run.ended("test")
        #expect(run.feed(.changed(JobID(0), path: "a")) == ["arm change of test 1.0 seconds"])
        #expect(run.feed(.changed(JobID(0), path: "b")) == ["disarm change of test", "arm change of test 1.0 seconds"])
        #expect(run.feed(.timer(.change(JobID(0)))) == ["start test again, 2"])
    }

    @Test func aChangeEndsABackoffAndRestartsCountAnew() {
        let policy = RestartPolicy(condition: .onFailure, maximum: 1)
        var run = ScriptedRun(.of([watched(.service("api", isProbed: false, restart: policy))]))
        _ = run.begin() + run.started("api") + run.ended("api", .exited(1))
        #expect(run.changed("api") == ["disarm restart of api", "start api again, 2"])
        _ = run.started("api")
        #expect(run.ended("api", .exited(1)) == ["arm restart of api 1.0 seconds"])
    }

    @Test func whatHasNotStartedSeesTheChangeAnyway() {
        var run = ScriptedRun(.of([.task("slow"), watched(.task("test", after: [.on(0, .succeeded)]))]))
        _ = run.begin() + run.started("slow")
        #expect(run.changed("test") == [])
        #expect(run.ended("slow") == ["slow succeeded", "start test"])
        #expect(run.changed("test") == [])
    }

    @Test func whatFollowsAWatchedJobRunsAgainAfterIt() {
        let build = watched(.task("build"))
        var run = ScriptedRun(
            .of([
                build, .service("server", after: [.on(0, .succeeded, restarts: true)], isProbed: false),
                .task("lint", after: [.on(0, .succeeded, restarts: true)]),
            ])
        )
        _ = run.begin() + run.started("build") + run.ended("build") + run.started("server", "lint")
        #expect(run.ended("lint") == ["lint succeeded for now"])
        #expect(run.changed("build") == ["stop server", "start build again, 2"])
        _ = run.started("build")
        #expect(run.ended("server", .signaled(.term)) == [])
        #expect(run.ended("build") == ["build succeeded for now", "start server again, 2", "start lint again, 2"])
    }

    @Test func whatCannotBeStartedWhileWhatItFollowsRunsAgainWaitsForThat() {
        let server = JobPlan.task("server", after: [.on(0, .completed, restarts: true)])
        var run = ScriptedRun(.of([watched(.task("build")), server]))
        _ = run.begin() + run.started("build")
        #expect(run.ended("build", .exited(1)) == ["build failed for now", "start server"])
        #expect(run.changed("build") == ["start build again, 2"])
        #expect(run.couldNotStart("server") == [])
        _ = run.started("build")
        #expect(run.ended("build") == ["build succeeded for now", "start server again, 2"])
    }

    @Test func whatFollowsAStartWaitsUntilWhatHasChangedIsStoppedAndStartedAgain() {
        let api = watched(.service("api", isProbed: false))
        var run = ScriptedRun(.of([api, .service("web", after: [.on(0, .started, restarts: true)], isProbed: false)]))
        _ = run.begin() + run.started("api", "web")
        #expect(run.changed("api") == ["stop api", "stop web"])
        #expect(run.ended("web", .signaled(.term)) == [])
        #expect(run.ended("api", .signaled(.term)) == ["start api again, 2"])
        #expect(run.started("api") == ["start web again, 2"])
    }

    @Test func aDueChangeIsForgottenOnceTheJobHasStartedAgainForAnotherReason() {
        var api = watched(.service("api", isProbed: false, restart: RestartPolicy(condition: .always)))
        api.watch?.debounce = .seconds(1)
        var run = ScriptedRun(.of([api]))
        _ = run.begin() + run.started("api")
        #expect(run.feed(.changed(JobID(0), path: "a")) == ["arm change of api 1.0 seconds"])
        #expect(run.ended("api", .exited(0)) == ["arm restart of api 1.0 seconds"])
        #expect(run.timer(SchedulerTimer.restart, "api") == ["disarm change of api", "start api again, 2"])
        #expect(run.started("api") == [])
        #expect(run.timer(SchedulerTimer.change, "api") == [])
    }

    @Test func aDueChangeIsNotForgottenUnderRestartAlways() {
        let always = RestartPolicy(condition: .always)
        var run = ScriptedRun(.of([watched(.task("test", timeout: .seconds(9), restart: always))]))
        _ = run.begin() + run.started("test")
        #expect(run.timer(SchedulerTimer.timeout, "test") == ["stop test"])
        #expect(run.changed("test") == [])
        #expect(run.ended("test", .signaled(.term)) == ["start test again, 2"])
        #expect(run.started("test") == ["arm timeout of test 9.0 seconds"])
        #expect(run.ended("test") == ["disarm timeout of test", "arm restart of test 1.0 seconds"])
    }

    @Test func whatFollowsAJobThatIsNotWantedEndsTheRun() {
        var generate = watched(.task("generate"))
        generate.onlyIf = .command(["true"])
        let build = JobPlan.task("build", after: [.on(0, .succeeded, isRequired: false, restarts: true)])
        var run = ScriptedRun(.of([generate, build]))
        _ = run.begin()
        #expect(run.declined("generate") == ["generate not wanted", "start build"])
        _ = run.started("build")
        #expect(run.ended("build") == ["build succeeded", "finish 0"])
    }

    @Test func whoRestsHasItsLastWordWhenNothingThatItFollowsRunsAgain() {
        let jobs: [JobPlan] = [
            watched(.service("api", isProbed: false)), .task("test", after: [.on(0, .started, restarts: true)]),
            .task("report", after: [.on(1, .failed, restarts: true)]), watched(.task("lint")),
            .task("count", after: [.on(1, .failed, restarts: true), .on(3, .succeeded, restarts: true)]),
        ]
        var run = ScriptedRun(.of(jobs, onFailure: .continue))
        _ = run.begin() + run.started("api", "lint") + run.ended("lint") + run.started("test")
        #expect(run.ended("test", .exited(1)) == ["test failed for now", "start report", "start count"])
        _ = run.started("report", "count") + run.ended("report") + run.ended("count")
        #expect(run.ended("api", leaving: [], survivors: 1) == ["api failed", "test failed", "report succeeded"])
        #expect(run.interrupt().last == "finish 130")
    }

    @Test func aFailureThatAChangeMayMendStopsNobody() {
        var run = ScriptedRun(.of([watched(.task("build")), .task("deploy", after: [.on(0, .succeeded)])]))
        _ = run.begin() + run.started("build")
        #expect(run.ended("build", .exited(2)) == ["build failed for now"])
        _ = run.changed("build") + run.started("build")
        #expect(run.ended("build") == ["build succeeded for now", "start deploy"])
        _ = run.started("deploy")
        #expect(run.ended("deploy") == ["deploy succeeded", "build succeeded", "finish 0"])
    }
}
