internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

@Suite struct FailingTests {
    @Test func aFailureStopsTheRunAndItsExitCodeIsOne() {
        var run = ScriptedRun(
            .of([
                .service("db", isProbed: false), .task("bad", after: [.on(0, .ready)]),
                .task("long", after: [.on(0, .ready)]), .task("late", after: [.on(2, .succeeded)]),
            ])
        )
        _ = run.begin() + run.started("db", "bad", "long")
        #expect(run.ended("bad", .exited(3)) == ["bad failed", "late skipped", "stop long"])
        #expect(run.ended("long", .signaled(.term)) == ["long stopped", "stop db"])
        #expect(run.ended("db") == ["db stopped", "finish 1"])
    }

    @Test func underContinueWhatDoesNotDependOnTheFailureGoesOn() {
        var run = ScriptedRun(
            .of(
                [
                    .task("lint"), .task("build"), .task("test", after: [.on(1, .succeeded)]),
                    .task("all", after: [.on(0, .succeeded), .on(2, .succeeded)]),
                ],
                onFailure: .continue
            )
        )
        #expect(run.begin() == ["start lint", "start build"])
        _ = run.started("lint", "build")
        #expect(run.ended("lint", .exited(1)) == ["lint failed", "all skipped for lint"])
        #expect(run.ended("build") == ["build succeeded", "start test"])
        _ = run.started("test")
        #expect(run.ended("test") == ["test succeeded", "finish 1"])
    }

    @Test func anOptionalFailureIsForgivenUnlessARequiredJobCouldNotRun() {
        var alone = ScriptedRun(.of([.task("lint", isOptional: true), .task("test")]))
        _ = alone.begin() + alone.started("lint", "test") + alone.ended("lint", .exited(1))
        #expect(alone.ended("test") == ["test succeeded", "finish 0"])

        var needed = ScriptedRun(.of([.task("fetch", isOptional: true), .task("test", after: [.on(0, .succeeded)])]))
        _ = needed.begin() + needed.started("fetch")
        #expect(needed.ended("fetch", .exited(1)) == ["fetch failed", "test skipped for fetch", "finish 1"])

        var both = ScriptedRun(
            .of([.task("fetch", isOptional: true), .task("use", after: [.on(0, .succeeded)], isOptional: true)])
        )
        _ = both.begin() + both.started("fetch")
        #expect(both.ended("fetch", .exited(1)).last == "finish 0")
    }

    @Test func aJobThatEndsTheRunTakesTheOthersWithIt() {
        var jobs: [JobPlan] = [.service("db", isProbed: false), .task("tests", after: [.on(0, .ready)]), .task("long")]
        jobs[1].endsRun = .always
        for (status, exitCode, word) in [(ExitStatus.exited(0), 0, "succeeded"), (.exited(3), 1, "failed")] {
            var run = ScriptedRun(.of(jobs, onFailure: .continue))
            _ = run.begin() + run.started("db", "long", "tests")
            #expect(run.ended("tests", status) == ["tests \(word)", "stop long", "stop db"])
            #expect(run.ended("db") + run.ended("long") == ["db stopped", "long stopped", "finish \(exitCode)"])
        }
    }

    @Test func aJobThatEndsTheRunByFailureMaySucceedOrBeForgiven() {
        var jobs: [JobPlan] = [.task("check", isOptional: true), .task("long")]
        jobs[0].endsRun = .onFailure
        var good = ScriptedRun(.of(jobs, onFailure: .continue))
        _ = good.begin() + good.started("check", "long")
        #expect(good.ended("check") == ["check succeeded"])
        var bad = ScriptedRun(.of(jobs, onFailure: .continue))
        _ = bad.begin() + bad.started("check", "long")
        #expect(bad.ended("check", .exited(1)) == ["check failed", "stop long"])
        #expect(bad.ended("long") == ["long stopped", "finish 0"])
    }

    @Test func aFailureThatSomebodyWaitsForDoesNotStopTheRun() {
        var run = ScriptedRun(
            .of([.task("test"), .task("collect", after: [.on(0, .failed)]), .task("other")])
        )
        _ = run.begin() + run.started("test", "other")
        #expect(run.ended("test", .exited(1)) == ["test failed", "start collect"])
        _ = run.started("collect")
        #expect(run.ended("collect") == ["collect succeeded"])
        #expect(run.ended("other") == ["other succeeded", "finish 1"])
    }

    @Test func ofAFailureAndAnEndAtOnceTheFailureStopsTheRun() {
        let once = RestartPolicy(condition: .onFailure, maximum: 1)
        let db = JobPlan.service("db", isProbed: false, restart: once, isOptional: true)
        var end = JobPlan.service("end", after: [.on(0, .ready, restarts: true)], isProbed: false, isOptional: true)
        end.endsRun = .always
        let api = JobPlan.service("api", after: [.on(0, .ready, restarts: true)], isProbed: false)
        for jobs in [[db, end, api], [db, api, end]] {
            var run = ScriptedRun(.of(jobs))
            _ = run.begin() + run.started("db") + run.started("end", "api") + run.ended("db", .exited(1))
            _ = run.ended("end", .signaled(.term)) + run.ended("api", .signaled(.term))
            _ = run.timer(SchedulerTimer.restart, "db") + run.couldNotStart("db")
            #expect(run.outcome?.stopReason == .failed(JobID(jobs[1].name == "api" ? 1 : 2)))
        }
    }

    /// Wherever it stands in the plan.
    @Test func whoIsLostByTheSameEventDoesNotHandleAFailure() {
        let once = RestartPolicy(condition: .onFailure, maximum: 1)
        let db = JobPlan.service("db", isProbed: false, restart: once, isOptional: true)
        let other = JobPlan.service("other", isProbed: false)
        let api = { (db: Int) in JobPlan.service("api", after: [.on(db, .ready, restarts: true)], isProbed: false) }
        let tidy = { (db: Int, api: Int) in JobPlan.task("tidy", after: [.on(db, .ready), .on(api, .failed)]) }
        for jobs in [[db, api(0), tidy(0, 1), other], [tidy(2, 1), api(2), db, other]] {
            var run = ScriptedRun(.of(jobs))
            _ = run.begin() + run.started("db", "other") + run.started("api") + run.ended("db", .exited(1))
            _ = run.ended("api", .signaled(.term)) + run.timer(SchedulerTimer.restart, "db")
            let lost = run.couldNotStart("db")
            #expect(lost.sorted() == ["api failed", "db failed", "stop other", "tidy skipped for db"])
        }
    }

    @Test func waitingForAFailureThatDoesNotComeIsNoFailure() {
        var run = ScriptedRun(
            .of([
                .task("test"), .task("collect", after: [.on(0, .failed)]),
                .task("upload", after: [.on(1, .succeeded)]),
            ])
        )
        _ = run.begin() + run.started("test")
        let last = run.ended("test")
        #expect(last == ["test succeeded", "collect skipped for test", "upload skipped for collect", "finish 0"])
    }

    @Test func whoWasSkippedWithoutHarmIsUnreachedByALaterLoss() {
        var never = JobPlan.task("never")
        never.onlyIf = .never
        var run = ScriptedRun(
            .of([
                .service("db", restart: RestartPolicy(condition: .onFailure)), never,
                .task("test", after: [.on(0, .ready), .on(1, .succeeded)]), .task("other", after: [.on(0, .started)]),
            ])
        )
        #expect(run.begin() == ["never not wanted", "test skipped for never", "start db"])
        _ = run.started("db", "other")
        #expect(run.ended("db") == ["disarm readiness of db", "db succeeded"])
        #expect(run.ended("other") == ["other succeeded", "finish 1"])
    }

    @Test func aServiceHasToStayUp() {
        for status in [ExitStatus.exited(0), .exited(1), .signaled(.kill)] {
            var run = ScriptedRun(.of([.service("db")]))
            _ = run.begin() + run.started("db") + run.ready("db")
            #expect(run.ended("db", status) == ["db failed", "finish 1"])
        }
        var mayEnd = ScriptedRun(.of([.service("db", restart: RestartPolicy(condition: .onFailure))]))
        _ = mayEnd.begin() + mayEnd.started("db") + mayEnd.ready("db")
        #expect(mayEnd.ended("db") == ["db succeeded", "finish 0"])
    }

    @Test func restartsBackOffTwiceAsLongEachTimeUntilTheyAreSpent() {
        let policy = RestartPolicy(condition: .onFailure, maximum: 3, backoff: .seconds(2), maximumBackoff: .seconds(5))
        var run = ScriptedRun(.of([.task("flaky", restart: policy)]))
        _ = run.begin()
        for (attempt, delay) in zip(1..., ["2.0", "4.0", "5.0"]) {
            _ = run.started("flaky")
            #expect(run.ended("flaky", .exited(1)) == ["arm restart of flaky \(delay) seconds"])
            #expect(run.timer(SchedulerTimer.restart, "flaky") == ["start flaky again, \(attempt + 1)"])
        }
        _ = run.started("flaky")
        #expect(run.ended("flaky", .exited(1)) == ["flaky failed", "finish 1"])
    }

    @Test func whatCouldNotBeStartedAtFirstIsNotTriedAgainButLaterItIs() {
        let job = JobPlan.task("tool", restart: RestartPolicy(condition: .always, maximum: 9))
        var missing = ScriptedRun(.of([job]))
        _ = missing.begin()
        #expect(missing.couldNotStart("tool") == ["tool failed", "finish 1"])

        var replaced = ScriptedRun(.of([job]))
        _ = replaced.begin() + replaced.started("tool") + replaced.ended("tool")
        _ = replaced.timer(SchedulerTimer.restart, "tool")
        #expect(replaced.couldNotStart("tool") == ["arm restart of tool 2.0 seconds"])
    }

    @Test func processesLeftBehindCountAsThePolicySays() {
        let left = [ProcessSummary(processID: 7, command: "sleep 9")]
        for policy in LeakPolicy.allCases {
            var run = ScriptedRun(.of([.task("job", leaks: policy)]))
            _ = run.begin() + run.started("job")
            #expect(run.ended("job", leaving: left).last == (policy == .fail ? "finish 1" : "finish 0"))
        }
    }

    @Test func whoHasRunBeforeDoesNotHandleAFailure() {
        let needs: [Dependency] = [.on(0, .ready, restarts: true), .on(1, .ready, isRequired: false)]
        let plan = Plan.of([
            .service("db", isProbed: false, restart: RestartPolicy(condition: .always)),
            .service("cache", isProbed: false), .service("api", after: needs, isProbed: false),
        ])
        var run = ScriptedRun(plan)
        _ = run.begin() + run.started("db", "cache") + run.started("api") + run.ended("db", .exited(1))
        #expect(run.ended("api", .signaled(.term)) == [])
        #expect(run.ended("cache", .exited(1)).last == "finish 1")
    }

    @Test func survivorsAreHandledByNobody() {
        let tidy = JobPlan.task("tidy", after: [.on(0, .failed)])
        let other = JobPlan.service("other", isProbed: false)
        var run = ScriptedRun(.of([.task("job"), tidy, other]))
        _ = run.begin() + run.started("job", "other")
        #expect(run.ended("job", leaving: [], survivors: 1).contains("stop other"))
    }

    @Test func survivorsFailTheRunEvenOfAnOptionalJob() {
        var run = ScriptedRun(
            .of([.task("job", restart: RestartPolicy(condition: .always), isOptional: true), .task("other")])
        )
        _ = run.begin() + run.started("job", "other")
        #expect(run.ended("job", leaving: [], survivors: 1) == ["job failed", "stop other"])
        #expect(run.ended("other") == ["other stopped", "finish 1"])
    }

    @Test("A job that the kernel has killed for want of memory is no ordinary failure")
    func outOfMemory() {
        var job = JobPlan.task("hog")
        job.resources = ResourceLimits(memory: 64 << 20)
        func outcome(_ status: PkrunEvents.ExitStatus, kills: Int) -> JobOutcome? {
            var scheduler = Scheduler(plan: .of([job]))
            _ = scheduler.handle(.begin)
            _ = scheduler.handle(.started(JobID(0)))
            let receipt = TreeReceipt(limits: LimitReceipt(memoryKills: kills))
            let actions = scheduler.handle(.ended(JobID(0), AttemptEnding(status: status, receipt: receipt)))
            return actions.lazy.compactMap {
                if case .report(.jobFinished(_, let outcome)) = $0 { outcome } else { nil }
            }.first
        }
        #expect(outcome(.signaled(.kill), kills: 1) == .failed(.outOfMemory(limit: 64 << 20, .signaled(.kill))))
        #expect(outcome(.exited(137), kills: 1) == .failed(.outOfMemory(limit: 64 << 20, .exited(137))))
        #expect(outcome(.signaled(.kill), kills: 0) == .failed(.ended(.signaled(.kill))))
        #expect(outcome(.exited(0), kills: 1) == .succeeded)
    }
}
