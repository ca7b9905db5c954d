internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

/// Jobs that begin anew because the manifest has changed: each is a new job.
@Suite struct RenewalTests {
    // It lets the run go on.
    private let other = JobPlan.service("other", isProbed: false)

    private func changed(_ job: JobPlan) -> JobPlan {
        var job = job
        job.arguments = ["false"]
        return job
    }

    @Test func theConditionOfAChangedJobIsAskedAgain() {
        var push = JobPlan.task("push")
        push.onlyIf = .command(["true"])
        var run = ScriptedRun(.of([push, other]))
        #expect(run.begin() == ["ask and start push", "start other"])
        _ = run.started("push", "other") + run.ended("push")
        #expect(run.reload(.of([changed(push), other])) == ["ask and start push again, 2"])
        #expect(run.declined("push") == ["push not wanted"])
        #expect(run.reload(.of([push, other])) == ["ask and start push again, 2"])
        _ = run.started("push")
        #expect(run.reload(.of([changed(push), other])) == ["stop push"])
        #expect(run.ended("push", .signaled(.term)) == ["ask and start push again, 3"])
    }

    @Test func anAnswerToTheOldConditionIsNoneToTheNew() {
        var push = JobPlan.task("push")
        push.onlyIf = .command(["false"])
        var mended = push
        mended.onlyIf = .command(["true"])
        var run = ScriptedRun(.of([push, other]))
        _ = run.begin() + run.started("other")
        #expect(run.reload(.of([mended, other])) == [])
        #expect(run.declined("push") == ["ask and start push"])
    }

    @Test func theConditionOfAJobThatIsTheSameIsNotAskedAgain() {
        var push = JobPlan.task("push", retry: RetryPolicy(maximum: 1))
        push.onlyIf = .command(["true"])
        var run = ScriptedRun(.of([push, other]))
        _ = run.begin() + run.started("push", "other") + run.ended("push", .exited(1))
        #expect(run.reload(.of([push, changed(other)])) == ["stop other"])
        #expect(run.timer(SchedulerTimer.restart, "push") == ["start push again, 2"])
    }

    @Test func aChangedJobWhoseDependencyFailsIsSkippedAlthoughItHasRunBefore() {
        let build = JobPlan.task("build")
        let deploy = JobPlan.task("deploy", after: [.on(0, .succeeded)])
        var run = ScriptedRun(.of([build, deploy, other], onFailure: .continue))
        _ = run.begin() + run.started("build", "other") + run.ended("build")
        _ = run.started("deploy") + run.ended("deploy")
        let next = Plan.of([changed(build), changed(deploy), other], onFailure: .continue)
        #expect(run.reload(next) == ["start build again, 2"])
        _ = run.started("build")
        #expect(run.ended("build", .exited(1)) == ["build failed", "deploy skipped for build"])
    }

    @Test func aChangedJobWhoseTurnDoesNotComeIsSkippedAlthoughItHasRunBefore() {
        let build = JobPlan.task("build")
        let deploy = JobPlan.task("deploy", after: [.on(0, .succeeded)])
        var run = ScriptedRun(.of([build, deploy, other]))
        _ = run.begin() + run.started("build", "other") + run.ended("build")
        _ = run.started("deploy") + run.ended("deploy")
        _ = run.reload(.of([changed(build), changed(deploy), other])) + run.started("build")
        #expect(run.interrupt() == ["deploy skipped", "stop other", "stop build"])
    }

    @Test func aRunningJobThatChangesAndLosesItsDependencyIsSkipped() {
        let build = JobPlan.task("build")
        let serve = JobPlan.service("serve", after: [.on(0, .succeeded)], isProbed: false)
        var run = ScriptedRun(.of([build, serve, other], onFailure: .continue))
        _ = run.begin() + run.started("build", "other") + run.ended("build") + run.started("serve")
        let next = Plan.of([changed(build), changed(serve), other], onFailure: .continue)
        #expect(run.reload(next) == ["stop serve", "start build again, 2"])
        _ = run.started("build") + run.ended("build", .exited(1))
        #expect(run.ended("serve", .signaled(.term)) == ["serve skipped for build"])
    }

    @Test func aTaskThatBecomesAServiceGivesItsPlaceToAnother() {
        var run = ScriptedRun(.of([.task("serve"), .task("test")], concurrency: 1))
        _ = run.begin() + run.started("serve")
        let next = Plan.of([.service("serve", isProbed: false), .task("test")], concurrency: 1)
        #expect(run.reload(next) == ["stop serve", "start test"])
        _ = run.started("test")
        #expect(run.ended("serve", .signaled(.term)) == ["start serve again, 2"])
    }

    @Test func whoFailedForADependencyStartsAgainWhenThatIsMended() {
        let store = JobPlan.service("store", isProbed: false, restart: RestartPolicy(condition: .onFailure, maximum: 1))
        let api = JobPlan.service("api", after: [.on(0, .ready, restarts: true)], isProbed: false)
        var run = ScriptedRun(.of([store, api, other], onFailure: .continue))
        _ = run.begin() + run.started("store", "other") + run.started("api") + run.ended("store", .exited(1))
        _ = run.ended("api", .signaled(.term)) + run.timer(SchedulerTimer.restart, "store")
        #expect(run.couldNotStart("store") == ["store failed", "api failed"])
        #expect(run.reload(.of([changed(store), api, other], onFailure: .continue)) == ["start store again, 3"])
        #expect(run.started("store") == ["start api again, 2"])
    }

    @Test func whoDidWithoutWhatCouldNotBeStartedFollowsItWhenItCan() {
        let build = JobPlan.task("build")
        let after = Dependency.on(0, .succeeded, isRequired: false, restarts: true)
        let serve = JobPlan.service("serve", after: [after], isProbed: false)
        var run = ScriptedRun(.of([build, serve], onFailure: .continue))
        _ = run.begin()
        #expect(run.couldNotStart("build") == ["build failed", "start serve"])
        _ = run.started("serve")
        let mended = Plan.of([changed(build), serve], onFailure: .continue)
        #expect(run.reload(mended) == ["stop serve", "start build again, 2"])
        _ = run.started("build") + run.ended("serve", .signaled(.term))
        #expect(run.ended("build") == ["build succeeded", "start serve again, 2"])
    }

    @Test func whatCannotBeStartedAnewIsNotTriedAgain() {
        let push = JobPlan.task("push", retry: RetryPolicy(maximum: 3))
        var run = ScriptedRun(.of([push, other], onFailure: .continue))
        _ = run.begin() + run.started("push", "other") + run.ended("push")
        #expect(run.reload(.of([changed(push), other], onFailure: .continue)) == ["start push again, 2"])
        #expect(run.couldNotStart("push") == ["push failed"])
    }

    @Test func processesThatAreLeftCountAlthoughTheirJobBeginsAnew() {
        let build = JobPlan.task("build")
        var run = ScriptedRun(.of([build, .task("last")], onFailure: .continue))
        _ = run.begin() + run.started("build", "last") + run.ended("build", leaving: [], survivors: 1)
        #expect(run.reload(.of([changed(build), .task("last")], onFailure: .continue)) == ["start build again, 2"])
        _ = run.started("build") + run.ended("build")
        #expect(run.ended("last") == ["last succeeded", "finish 1"])
    }

    @Test func whoLeavesProcessesTwiceHasFailedOnce() {
        let build = JobPlan.task("build")
        var run = ScriptedRun(.of([build, .task("last")], onFailure: .continue))
        _ = run.begin() + run.started("build", "last") + run.ended("build", leaving: [], survivors: 1)
        _ = run.reload(.of([changed(build), .task("last")], onFailure: .continue)) + run.started("build")
        _ = run.ended("build", leaving: [], survivors: 1) + run.ended("last")
        #expect(run.outcome?.failed == [JobID(0)])
    }

    @Test func aJobThatIsSkippedAnewHasNotBeenStarted() {
        let build = JobPlan.task("build")
        let serve = JobPlan.task("serve", after: [.on(0, .succeeded)])
        let use = JobPlan.task("use", after: [.on(1, .started)])
        var run = ScriptedRun(.of([build, serve, other], onFailure: .continue))
        _ = run.begin() + run.started("build", "other") + run.ended("build") + run.started("serve") + run.ended("serve")
        let next = Plan.of([changed(build), changed(serve), use, other], onFailure: .continue)
        _ = run.reload(next) + run.started("build")
        #expect(
            run.ended("build", .exited(1)) == ["build failed", "serve skipped for build", "use skipped for serve"]
        )
    }

    @Test func whatIsGoneFollowsNobodyAnyMore() {
        let restart = RestartPolicy(condition: .onFailure)
        let store = JobPlan.service("store", isProbed: false, restart: restart)
        let db = JobPlan.service("db", after: [.on(0, .started, restarts: true)], isProbed: false)
        let api = JobPlan.service("api", after: [.on(1, .started)], isProbed: false)
        var run = ScriptedRun(.of([store, db, api]))
        _ = run.begin() + run.started("store") + run.started("db") + run.started("api")
        #expect(run.ended("store", .exited(1)) == ["arm restart of store 1.0 seconds", "stop db"])
        _ = run.timer(SchedulerTimer.restart, "store") + run.started("store")
        #expect(run.reload(.of([store])) == ["stop api"])
        #expect(run.ended("db", .signaled(.term)) == ["db stopped"])
    }

    @Test func theTriesOfAJobThatIsNeededAgainCountAnew() {
        let db = JobPlan.service("db", isProbed: false, restart: RestartPolicy(condition: .onFailure, maximum: 1))
        let test = JobPlan.task("test", after: [.on(0, .started)])
        var run = ScriptedRun(.of([db, test, other], onFailure: .continue))
        _ = run.begin() + run.started("db", "other") + run.started("test") + run.ended("db", .exited(1))
        _ = run.timer(SchedulerTimer.restart, "db") + run.started("db") + run.ended("test")
        _ = run.ended("db", .signaled(.term))
        #expect(run.reload(.of([db, changed(test), other], onFailure: .continue)) == ["start db again, 3"])
        _ = run.started("db") + run.started("test")
        #expect(run.ended("db", .exited(1)) == ["arm restart of db 1.0 seconds"])
    }
}
