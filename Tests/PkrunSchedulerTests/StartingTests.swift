internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler
internal import PkrunTestSupport
internal import Testing

@Suite struct StartingTests {
    @Test func aRunOfNothingIsReached() {
        var run = ScriptedRun(.of([]))
        #expect(run.begin() == ["finish 0"])
    }

    @Test func tasksFollowWhatTheyDependOn() {
        var run = ScriptedRun(.of([.task("test", after: [.on(1, .succeeded)]), .task("build")]))
        #expect(run.begin() == ["start build"])
        #expect(run.started("build") == [])
        #expect(run.ended("build") == ["build succeeded", "start test"])
        #expect(run.started("test") == [])
        #expect(run.ended("test") == ["test succeeded", "finish 0"])
    }

    @Test(arguments: DependencyCondition.allCases) func eachConditionHoldsAtItsMoment(condition: DependencyCondition) {
        var db = JobPlan.service("db")
        db.health = HealthCheck(probes: [.exec(["true"])], onFailure: .mark)
        var run = ScriptedRun(.of([db, .task("use", after: [.on(0, condition)])], onFailure: .continue))
        var begun: [DependencyCondition] = []
        func note(_ actions: [String], _ moments: [DependencyCondition]) {
            if actions.contains("start use") { begun = moments }
        }
        note(run.begin(), [])
        note(run.started("db"), [.started])
        note(run.ready("db"), [.ready])
        note(run.healthy("db"), [.healthy])
        note(run.ended("db", .exited(1)), [.failed, .completed])
        #expect(condition == .succeeded ? begun.isEmpty : begun.contains(condition))
    }

    @Test func aServiceWithoutProbesIsReadyOnceStarted() {
        var run = ScriptedRun(.of([.service("db", isProbed: false), .task("use", after: [.on(0, .ready)])]))
        #expect(run.begin() == ["start db"])
        #expect(run.started("db") == ["start use"])
    }

    @Test func aServiceThatIsDownAgainIsNotReady() {
        let restart = RestartPolicy(condition: .always)
        var run = ScriptedRun(
            .of([
                .service("db", isProbed: false, restart: restart), .task("slow"),
                .task("use", after: [.on(0, .ready), .on(1, .succeeded)]),
            ])
        )
        _ = run.begin() + run.started("db", "slow")
        #expect(run.ended("db", .exited(1)) == ["arm restart of db 1.0 seconds"])
        #expect(run.ended("slow") == ["slow succeeded"])
        #expect(run.timer(SchedulerTimer.restart, "db") == ["start db again, 2"])
        #expect(run.started("db") == ["start use"])
    }

    @Test func concurrencyCountsTasksAndKeepsTheOrderOfThePlan() {
        var run = ScriptedRun(
            .of([.task("a"), .task("b"), .service("s", isProbed: false), .task("c")], concurrency: 1)
        )
        #expect(run.begin() == ["start a", "start s"])
        #expect(run.started("a", "s") == [])
        #expect(run.ended("a") == ["a succeeded", "start b"])
        #expect(run.started("b") == [])
        #expect(run.ended("b") == ["b succeeded", "start c"])
    }

    @Test(arguments: [true, false]) func tenThousandJobsAreNothingSpecial(isChain: Bool) {
        let jobs = (0..<10_000).map { index in
            JobPlan.task("\(index)", after: isChain && index > 0 ? [.on(index - 1, .succeeded)] : [])
        }
        var scheduler = Scheduler(plan: .of(jobs, concurrency: 2))
        var inputs: [SchedulerInput] = [.begin]
        var started = 0
        var exitCode: Int32?
        while let input = inputs.popLast() {
            for action in scheduler.handle(input) {
                if case .start(let job, attempt: _, asks: _) = action {
                    started += 1
                    inputs = [.ended(job, AttemptEnding(status: .exited(0))), .started(job)] + inputs
                }
                if case .finish(let outcome) = action { exitCode = outcome.exitCode }
            }
        }
        #expect(started == 10_000)
        #expect(exitCode == 0)
    }

    @Test func aChainOfTenThousandSkipsIsNothingSpecial() {
        let jobs = (0..<10_000).map { index in
            JobPlan.task("\(index)", after: index > 0 ? [.on(index - 1, .succeeded)] : [])
        }
        var run = ScriptedRun(.of(jobs, onFailure: .continue))
        #expect(run.begin() == ["start 0"])
        #expect(run.couldNotStart("0").suffix(2) == ["9999 skipped for 9998", "finish 1"])
    }
}
