internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

@Suite struct ReloadingTests {
    // A task, the service that it alone needs, and one that lets the run go on.
    private let test = JobPlan.task("test", after: [.on(0, .ready)])
    private let db = JobPlan.service("db", isProbed: false)
    private let other = JobPlan.service("other", isProbed: false)

    /// All of them have started.
    private func runOfTest() -> ScriptedRun {
        var run = ScriptedRun(.of([db, test, other]))
        _ = run.begin() + run.started("db", "other") + run.started("test")
        return run
    }

    private func changed(_ job: JobPlan) -> JobPlan {
        var job = job
        job.arguments = ["false"]
        return job
    }

    @Test func whatIsTheSameGoesOnAndWhatHasChangedStartsAnew() {
        let api = JobPlan.service("api", isProbed: false)
        var run = ScriptedRun(.of([db, api]))
        _ = run.begin() + run.started("db", "api")
        #expect(run.reload(.of([db, changed(api)])) == ["stop api"])
        #expect(run.ended("api", .signaled(.term)) == ["start api again, 2"])
        #expect(run.started("api") == [])
        #expect(run.reload(.of([db, changed(api)])) == [])
    }

    @Test func whatIsGoneIsStoppedInReverseOrderAndWhatIsNewStarts() {
        let api = JobPlan.service("api", after: [.on(0, .ready)], isProbed: false)
        let web = JobPlan.service("web", isProbed: false)
        var run = ScriptedRun(.of([db, api, web]))
        _ = run.begin() + run.started("db") + run.started("web", "api")
        let mail = JobPlan.service("mail", after: [.on(0, .ready)], isProbed: false)
        #expect(run.reload(.of([web, mail])) == ["stop api", "start mail"])
        #expect(run.ended("api", .signaled(.term)) == ["api stopped", "stop db"])
        #expect(run.ended("db", .signaled(.term)) == ["db stopped"])
        #expect(run.reload(.of([db, web, mail])) == ["start db again, 2"])
    }

    @Test func whatFollowsAChangedJobStartsAgainAfterIt() {
        let build = JobPlan.task("build")
        let server = JobPlan.service("server", after: [.on(0, .succeeded, restarts: true)], isProbed: false)
        var run = ScriptedRun(.of([build, server]))
        _ = run.begin() + run.started("build") + run.ended("build") + run.started("server")
        #expect(run.reload(.of([changed(build), server])) == ["stop server", "start build again, 2"])
        _ = run.started("build")
        #expect(run.ended("server", .signaled(.term)) == [])
        #expect(run.ended("build") == ["build succeeded", "start server again, 2"])
    }

    @Test func whatHasEndedAndFollowsAChangedJobRunsAgainAfterIt() {
        let build = JobPlan.task("build")
        var lint = JobPlan.task("lint", after: [.on(0, .succeeded, restarts: true)], retry: RetryPolicy(maximum: 1))
        lint.onlyIf = .command(["true"])
        var run = ScriptedRun(.of([build, lint, other], onFailure: .continue))
        _ = run.begin() + run.started("build", "other") + run.ended("build") + run.started("lint")
        _ = run.ended("lint", .exited(1)) + run.timer(SchedulerTimer.restart, "lint") + run.started("lint")
        #expect(run.ended("lint", .exited(1)) == ["lint failed"])
        #expect(run.reload(.of([changed(build), lint, other], onFailure: .continue)) == ["start build again, 2"])
        _ = run.started("build")
        #expect(run.ended("build") == ["build succeeded", "ask and start lint again, 3"])
        _ = run.started("lint")
        #expect(run.ended("lint", .exited(1)) == ["arm restart of lint 0.0 seconds"])
        _ = run.timer(SchedulerTimer.restart, "lint") + run.started("lint") + run.ended("lint") + run.interrupt()
        #expect(run.ended("other") == ["other stopped", "finish 130"])
        #expect(run.outcome?.failed == [])
    }

    @Test func whatHasEndedFollowsAChangedJobThroughOthersThatRunOrHaveEnded() {
        let build = JobPlan.task("build")
        let serve = JobPlan.service("serve", after: [.on(0, .succeeded, restarts: true)], isProbed: false)
        let seed = JobPlan.task("seed", after: [.on(1, .ready, restarts: true)])
        let watch = JobPlan.service("watch", after: [.on(2, .succeeded, restarts: true)], isProbed: false)
        var run = ScriptedRun(.of([build, serve, seed, watch], goals: [1, 3]))
        _ = run.begin() + run.started("build") + run.ended("build") + run.started("serve") + run.started("seed")
        _ = run.ended("seed") + run.started("watch")
        let next = Plan.of([changed(build), serve, seed, watch], goals: [1, 3])
        #expect(run.reload(next) == ["stop serve", "stop watch", "start build again, 2"])
        _ = run.started("build") + run.ended("build") + run.ended("watch", .signaled(.term))
        #expect(run.ended("serve", .signaled(.term)) == ["start serve again, 2"])
        #expect(run.started("serve") == ["start seed again, 2"])
        _ = run.started("seed")
        #expect(run.ended("seed") == ["seed succeeded", "start watch again, 2"])
    }

    @Test func whatHasEndedAndFollowsAChangedJobStaysAsItIsWhereNobodyNeedsIt() {
        let build = JobPlan.task("build")
        let test = JobPlan.task("test", after: [.on(0, .succeeded, restarts: true)])
        let report = JobPlan.task("report", after: [.on(1, .completed)])
        var run = ScriptedRun(.of([build, test, report, other], onFailure: .continue))
        _ = run.begin() + run.started("build", "other") + run.ended("build") + run.started("test")
        _ = run.ended("test", .exited(1)) + run.started("report") + run.ended("report")
        let next = Plan.of([changed(build), test, report, other], onFailure: .continue)
        #expect(run.reload(next) == ["build not needed"])
        _ = run.interrupt() + run.ended("other")
        #expect(run.outcome?.failed == [JobID(1)])
    }

    @Test func whoDidWithoutWhatWasSkippedDoesNotFollowAChangedJobThroughIt() {
        let build = JobPlan.task("build")
        var bundle = JobPlan.task("bundle", after: [.on(0, .succeeded, restarts: true)])
        bundle.onlyIf = .never
        let test = JobPlan.task("test", after: [.on(1, .succeeded, isRequired: false, restarts: true)])
        var run = ScriptedRun(.of([build, bundle, test, other], goals: [0, 2, 3]))
        _ = run.begin() + run.started("build", "other") + run.started("test") + run.ended("build") + run.ended("test")
        #expect(run.reload(.of([changed(build), bundle, test, other], goals: [0, 2, 3])) == ["start build again, 2"])
        _ = run.started("build")
        #expect(run.ended("build") == ["build succeeded"])
    }

    @Test func aFailureThatIsMendedLetsThoseRunThatWereSkippedForIt() {
        let build = JobPlan.task("build")
        let deploy = JobPlan.task("deploy", after: [.on(0, .succeeded)])
        var run = ScriptedRun(.of([build, deploy, other], onFailure: .continue))
        _ = run.begin() + run.started("build", "other")
        #expect(run.ended("build", .exited(1)) == ["build failed", "deploy skipped for build"])
        #expect(run.reload(.of([changed(build), deploy, other], onFailure: .continue)) == ["start build again, 2"])
        _ = run.started("build")
        #expect(run.ended("build") == ["build succeeded", "start deploy"])
        _ = run.started("deploy") + run.ended("deploy") + run.interrupt()
        #expect(run.ended("other") == ["other stopped", "finish 130"])
    }

    @Test func whatWasStoppedAsNobodyNeededItHoldsUpNobodyWhoNeedsItNow() {
        let build = JobPlan.task("build")
        let deploy = JobPlan.task("deploy", after: [.on(0, .succeeded), .on(1, .ready)])
        var run = ScriptedRun(.of([build, db, deploy, other], onFailure: .continue))
        _ = run.begin() + run.started("build", "db", "other")
        #expect(run.ended("build", .exited(1)) == ["build failed", "deploy skipped for build", "stop db"])
        _ = run.ended("db", .signaled(.term))
        let mended = Plan.of([changed(build), db, deploy, other], onFailure: .continue)
        #expect(run.reload(mended) == ["start build again, 2", "start db again, 2"])
        _ = run.started("db", "build")
        #expect(run.ended("build") == ["build succeeded", "start deploy"])
    }

    @Test func aRestartThatWaitsForItsPlaceStillAsksForNothing() {
        let always = RestartPolicy(condition: .always, backoff: .seconds(1))
        let jobs: [JobPlan] = [
            .service("db", isProbed: false), .task("a", after: [.on(0, .ready)], restart: always),
            .task("b", after: [.on(0, .ready)]),
        ]
        var run = ScriptedRun(.of(jobs, concurrency: 1, onFailure: .continue))
        _ = run.begin() + run.started("db") + run.started("a") + run.ended("a", .exited(1)) + run.started("b")
        _ = run.timer(SchedulerTimer.restart, "a") + run.ended("db", .exited(1))
        #expect(run.reload(.of(jobs + [.task("new")], concurrency: 1, onFailure: .continue)) == [])
        #expect(run.ended("b") == ["b succeeded", "start a again, 2"])
    }

    @Test func theTriesOfAChangedJobCountAnew() {
        let push = JobPlan.task("push", retry: RetryPolicy(maximum: 1, delay: .seconds(1)))
        var run = ScriptedRun(.of([push]))
        _ = run.begin() + run.started("push") + run.ended("push", .exited(1))
        _ = run.timer(SchedulerTimer.restart, "push") + run.started("push")
        #expect(run.reload(.of([changed(push)])) == ["stop push"])
        #expect(run.ended("push", .signaled(.term)) == ["start push again, 3"])
        _ = run.started("push")
        #expect(run.ended("push", .exited(1)) == ["arm restart of push 1.0 seconds"])
    }

    @Test func aTaskThatStoodAloneIsNeededNoLongerThanOthersAlthoughItIsTheSame() {
        let serve = JobPlan.task("serve")
        let flag = JobPlan.task("flag")
        let use = JobPlan.task("use", after: [.on(0, .started), .on(1, .succeeded)])
        var run = ScriptedRun(.of([serve, flag, use, other], onFailure: .continue))
        _ = run.begin() + run.started("serve", "flag", "other")
        #expect(run.ended("flag", .exited(1)) == ["flag failed", "use skipped for flag"])
        #expect(run.reload(.of([serve, changed(flag), use, other], onFailure: .continue)) == ["start flag again, 2"])
        _ = run.started("flag") + run.ended("flag") + run.started("use")
        #expect(run.ended("use") == ["use succeeded", "stop serve"])
    }

    @Test func aTaskThatStoodAloneIsNeededNoLongerThanOthers() {
        let serve = JobPlan.task("serve")
        let flag = JobPlan.task("flag")
        let use = JobPlan.task("use", after: [.on(0, .started), .on(1, .succeeded)])
        var run = ScriptedRun(.of([serve, flag, use, other], onFailure: .continue))
        _ = run.begin() + run.started("serve", "flag", "other")
        #expect(run.ended("flag", .exited(1)) == ["flag failed", "use skipped for flag"])
        #expect(run.ended("serve") == ["serve succeeded"])
        let mended = Plan.of([changed(serve), changed(flag), use, other], onFailure: .continue)
        #expect(run.reload(mended) == ["start serve again, 2", "start flag again, 2"])
        _ = run.started("serve", "flag") + run.ended("flag") + run.started("use")
        #expect(run.ended("use") == ["use succeeded", "stop serve"])
    }

    @Test func whatIsBackStartsAnewAlthoughItIsWhatItWas() {
        let once = JobPlan.task("once", isOptional: true)
        var run = ScriptedRun(.of([once, other]))
        _ = run.begin() + run.started("once", "other") + run.ended("once")
        #expect(run.reload(.of([other])) == [])
        #expect(run.reload(.of([once, other])) == ["start once again, 2"])
    }

    @Test func theFailureOfAJobThatIsGoneCountsNoMore() {
        var run = ScriptedRun(.of([.task("build"), .task("other")], onFailure: .continue))
        _ = run.begin() + run.started("build", "other") + run.ended("build", .exited(1))
        #expect(run.reload(.of([.task("other")], onFailure: .continue)) == [])
        #expect(run.ended("other") == ["other succeeded", "finish 0"])
    }

    @Test func survivorsCountAlthoughTheirJobIsGone() {
        var run = ScriptedRun(.of([.task("build"), .task("other")], onFailure: .continue))
        _ = run.begin() + run.started("build", "other") + run.ended("build", leaving: [], survivors: 1)
        #expect(run.reload(.of([.task("other")], onFailure: .continue)) == [])
        #expect(run.ended("other") == ["other succeeded", "finish 1"])
    }

    @Test func aServiceThatWasStoppedIsStartedAgainForWhoeverNeedsItNow() {
        var run = runOfTest()
        _ = run.ended("test")
        #expect(run.ended("db", .signaled(.term)) == ["db stopped"])
        #expect(run.reload(.of([db, changed(test), other])) == ["start db again, 2"])
        #expect(run.started("db") == ["start test again, 2"])
    }

    @Test func whatWasStoppedForWantOfOthersIsStartedAgainWhenItIsWantedForItself() {
        var run = runOfTest()
        _ = run.ended("test")
        #expect(run.ended("db", .signaled(.term)) == ["db stopped"])
        #expect(run.reload(.of([db, other])) == ["start db again, 2"])
    }

    @Test func whatIsBeingStoppedForWantOfOthersIsStartedAgainForWhoeverNeedsItNow() {
        var run = runOfTest()
        #expect(run.ended("test") == ["test succeeded", "stop db"])
        #expect(run.reload(.of([db, .task("load", after: [.on(0, .ready)]), other])) == [])
        #expect(run.ended("db", .signaled(.term)) == ["start db again, 2"])
        #expect(run.started("db") == ["start load"])
    }

    @Test func whatIsToBeStoppedOnceItHasStartedGoesOnForWhoeverNeedsItNow() {
        var unwanted = test
        unwanted.onlyIf = .never
        var run = ScriptedRun(.of([db, test, other]))
        _ = run.begin() + run.started("other")
        #expect(run.reload(.of([db, unwanted, other])) == ["test not wanted"])
        #expect(run.reload(.of([db, test, other])) == [])
        #expect(run.started("db") == ["start test"])
    }

    @Test func theLocksThatAJobHasTakenAreFreeWhenItHasEndedThoughItsPlanHasOthers() {
        let first = JobPlan.task("first", locks: ["x"])
        let second = JobPlan.task("second", locks: ["x"])
        var run = ScriptedRun(.of([first, second]))
        _ = run.begin() + run.started("first")
        #expect(run.reload(.of([.task("first", locks: ["y"]), second])) == ["stop first"])
        #expect(run.ended("first", .signaled(.term)) == ["start first again, 2", "start second"])
    }

    @Test func whoWaitsForALockIsCalledThoughTheOneBeforeItNeedsItNoLonger() {
        let hold = JobPlan.task("hold", locks: ["x"])
        let last = JobPlan.task("last", locks: ["x"])
        var run = ScriptedRun(.of([hold, .task("first", locks: ["x"]), last]))
        _ = run.begin() + run.started("hold")
        #expect(run.reload(.of([hold, .task("first"), last])) == ["start first"])
        _ = run.started("first")
        #expect(run.ended("hold") == ["hold succeeded", "start last"])
    }

    @Test func whatFollowsAJobThatWatchesNoMoreHasNothingToWaitFor() {
        let store = JobPlan.service("store", isProbed: false)
        var watched = store
        watched.watch = WatchPlan(paths: ["/src/**"], debounce: .seconds(1), action: .restart)
        let restart = RestartPolicy(condition: .always)
        let api = JobPlan.service("api", after: [.on(0, .started, restarts: true)], isProbed: false, restart: restart)
        let load = JobPlan.task("load", after: [.on(1, .started, restarts: true)], timeout: .seconds(9))
        var run = ScriptedRun(.of([watched, api, load], onFailure: .continue))
        _ = run.begin() + run.started("store") + run.started("api") + run.started("load")
        // While the task is being stopped for a reason of its own it does not follow.
        _ = run.timer(SchedulerTimer.timeout, "load") + run.ended("api", .exited(1))
        #expect(run.ended("load", .signaled(.term)) == ["load failed for now"])
        let next = Plan.of([store, api, load], onFailure: .continue)
        #expect(run.reload(next) == ["stop store", "disarm restart of api", "load failed", "api stopped"])
    }

    @Test func whatFollowsAJobThatWasNotWantedHasNothingToWaitForAfterAReload() {
        var generate = JobPlan.task("generate")
        generate.onlyIf = .never
        generate.watch = WatchPlan(paths: ["/src/**"], debounce: .seconds(1), action: .restart)
        let build = JobPlan.task("build", after: [.on(0, .succeeded, isRequired: false, restarts: true)])
        var run = ScriptedRun(.of([generate, build]))
        _ = run.begin() + run.started("build")
        #expect(run.reload(.of([generate, build], concurrency: 1)) == [])
        #expect(run.ended("build") == ["build succeeded", "finish 0"])
    }

    @Test func whoDidWithoutAJobThatWasNotWantedGoesOn() {
        var generate = JobPlan.task("generate")
        generate.onlyIf = .never
        let serve = JobPlan.service("serve", after: [.on(0, .succeeded, isRequired: false, restarts: true)])
        var run = ScriptedRun(.of([generate, serve]))
        _ = run.begin() + run.started("serve")
        #expect(run.reload(.of([changed(generate), serve])) == ["generate not wanted"])
    }

    @Test func whatIsGoneBeforeItsTurnHasComeIsSkippedAlthoughItWouldFollow() {
        let lead = JobPlan.task("lead")
        let hold = JobPlan.task("hold")
        let follow = JobPlan.task("follow", after: [.on(0, .succeeded, restarts: true)])
        var run = ScriptedRun(.of([lead, hold, follow], concurrency: 1))
        _ = run.begin() + run.started("lead") + run.ended("lead") + run.started("hold")
        #expect(run.reload(.of([changed(lead), hold], concurrency: 1)) == ["follow not needed"])
    }

    @Test func whatIsGoneDoesNotStartAgainForOthersThatAreGone() {
        let restart = RestartPolicy(condition: .onFailure)
        let db = JobPlan.service("db", isProbed: false, restart: restart)
        let api = JobPlan.service("api", after: [.on(0, .ready)], isProbed: false)
        var run = ScriptedRun(.of([db, api, other]))
        _ = run.begin() + run.started("db", "other") + run.started("api")
        #expect(run.ended("db", .exited(1)) == ["arm restart of db 1.0 seconds"])
        #expect(run.reload(.of([other])) == ["disarm restart of db", "db stopped", "stop api"])
        #expect(run.ended("api", .signaled(.term)) == ["api stopped"])
    }

    @Test func aRunThatIsBeingStoppedKeepsItsPlan() {
        var run = ScriptedRun(.of([db]))
        _ = run.begin() + run.started("db") + run.interrupt()
        #expect(run.reload(.of([db, .service("new")])) == [])
        #expect(run.ended("db") == ["db stopped", "finish 130"])
    }
}
