internal import PkrunEvents
internal import PkrunPlan
internal import PkrunReporter
internal import Testing

@Suite struct TerminalReporterTests {
    private let db = JobID(0)
    private let api = JobID(1)
    private let smoke = JobID(2)

    private static let plan = Plan(
        name: "shop",
        directory: "/src",
        jobs: [
            JobPlan(name: "db", kind: .service, arguments: ["db"]),
            JobPlan(
                name: "api",
                kind: .service,
                arguments: ["api"],
                restart: RestartPolicy(condition: .onFailure, maximum: 1)
            ),
            JobPlan(name: "smoke-test", kind: .task, arguments: ["smoke"]),
        ],
        goals: [JobID(2)]
    )

    private let start = RunEvent.runStarted(
        RunStart(
            runID: "r1",
            manifest: "/src/jobs.yaml",
            name: "shop",
            processID: 7,
            mechanism: "cgroup",
            goals: [JobID(2)]
        )
    )

    /// - Parameter events: one a second.
    private func text(_ events: [RunEvent], plan: Plan = plan, usesColor: Bool = false) -> String {
        var reporter = TerminalReporter(plan: plan, usesColor: usesColor)
        var bytes: [UInt8] = []
        for (second, event) in events.enumerated() { reporter.receive(event, at: .seconds(second), to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func ended(_ job: JobID, _ status: PkrunEvents.ExitStatus) -> RunEvent {
        .jobEnded(job, attempt: 1, AttemptEnding(status: status))
    }

    @Test func aRunThatGoesWellReadsCalmly() {
        let events: [RunEvent] = [
            start,
            .jobWaiting(smoke, on: [Dependency(db, .ready)]),
            .jobStarted(db, attempt: 1, processID: 100),
            .jobReady(db, attempt: 1, after: .milliseconds(531)),
            .jobStarted(smoke, attempt: 1, processID: 101),
            .jobExited(smoke, attempt: 1, .exited(0)),
            ended(smoke, .exited(0)),
            .jobFinished(smoke, .succeeded),
            .jobStopping(db, attempt: 1, .notNeeded),
            .jobStopStep(db, attempt: 1, .signal(.int, to: .main, wait: .seconds(5))),
            .jobStopStep(db, attempt: 1, .signal(.term, to: .tree, wait: .seconds(5))),
            ended(db, .signaled(.term)),
            .jobFinished(db, .stopped(.notNeeded)),
            .jobFinished(api, .skipped(.notNeeded)),
            .runFinished(RunOutcome(exitCode: 0)),
        ]
        #expect(
            text(events) == """
                pkrun      │ shop: 3 jobs, contained by cgroup
                pkrun      │ db         started (pid 100)
                pkrun      │ db         ready after 531 ms
                pkrun      │ smoke-test started (pid 101)
                pkrun      │ smoke-test succeeded after 2 s
                pkrun      │ db         stopping: nothing needs it any more
                pkrun      │ db         is still there: SIGTERM to its whole tree
                pkrun      │ db         stopped
                pkrun      │ api        skipped: nothing needs it any more
                pkrun      │\u{20}
                pkrun      │ db         stopped   9 s
                pkrun      │ api        skipped   -
                pkrun      │ smoke-test succeeded 2 s
                pkrun      │ every goal reached after 14 s, nothing is left running

                """
        )
    }

    @Test func aFailureIsToldWithItsReason() {
        let missing = StartFailure(step: "execute", subject: "./api", errorNumber: 2, message: "No such file")
        let left = [ProcessSummary(processID: 43, command: "sleep 1000")]
        let events: [RunEvent] = [
            .jobStarted(db, attempt: 1, processID: 100),
            .jobStarted(api, attempt: 1, processID: 101),
            .jobLeftBehind(api, attempt: 1, left, .warn),
            .jobKilling(api, attempt: 1),
            ended(api, .signaled(.kill)),
            .jobRestarting(api, restart: 1, after: .milliseconds(1500)),
            .jobStartFailed(api, attempt: 2, missing),
            .jobFinished(api, .failed(.startFailed(missing))),
            .jobFinished(smoke, .skipped(.dependency(Dependency(api, .ready)))),
            .runStopping(.failed(api)),
            .jobStopping(db, attempt: 1, .run(.failed(api))),
            .jobKilling(db, attempt: 1),
            ended(db, .signaled(.kill)),
            .jobFinished(db, .stopped(.run(.failed(api)))),
            .runFinished(RunOutcome(exitCode: 1, stopReason: .failed(api), failed: [api], unreached: [smoke])),
        ]
        #expect(
            text(events) == """
                pkrun      │ db         started (pid 100)
                pkrun      │ api        started (pid 101)
                pkrun      │ api        left behind sleep 1000 (pid 43), killed
                pkrun      │ api        ended by SIGKILL, starting again in 1.5 s (restart 1 of 1)
                pkrun      │ api        failed after 3 s: cannot execute './api': No such file
                pkrun      │ smoke-test skipped: api is not going to be ready
                pkrun      │ stopping: api failed, waiting for db
                pkrun      │ db         is being killed
                pkrun      │ db         stopped
                pkrun      │\u{20}
                pkrun      │ db         stopped   12 s
                pkrun      │ api        failed    3 s
                pkrun      │ smoke-test skipped   -
                pkrun      │ failed: api after 14 s, nothing is left running (exit code 1)

                """
        )
    }

    @Test func anInterruptedRunSaysWhoItWaitsFor() {
        let events: [RunEvent] = [
            .jobStarted(db, attempt: 1, processID: 100),
            .jobStarted(api, attempt: 1, processID: 101),
            .runStopping(.interrupted(.int)),
            .jobFinished(smoke, .skipped(.run(.interrupted(.int)))),
            .jobStopping(api, attempt: 1, .run(.interrupted(.int))),
            ended(api, .exited(0)),
            .jobFinished(api, .stopped(.run(.interrupted(.int)))),
        ]
        #expect(
            text(events) == """
                pkrun      │ db         started (pid 100)
                pkrun      │ api        started (pid 101)
                pkrun      │ SIGINT: stopping, waiting for db and api (once more kills)
                pkrun      │ api        stopped, waiting for db

                """
        )
    }

    @Test func eachProblemBeforeARestartIsNamed() {
        let problems: [(RunEvent, String)] = [
            (.jobStopping(api, attempt: 1, .timeout(.seconds(90))), "takes longer than 1 min 30 s"),
            (.jobStopping(api, attempt: 1, .idleTimeout(.seconds(5))), "has been silent for 5 s"),
            (.jobStopping(api, attempt: 1, .notReady(within: .seconds(7200))), "is not ready within 2 h"),
        ]
        for (problem, words) in problems {
            let restart = RunEvent.jobRestarting(api, restart: 1, after: .seconds(1))
            let lines = text([problem, ended(api, .exited(0)), restart]).split(separator: "\n")
            #expect(lines.last == "pkrun      │ api        \(words), starting again in 1 s (restart 1 of 1)")
        }
    }

    @Test func aLongTableShowsOnlyWhatIsRemarkable() {
        let jobs = (0..<100).map { JobPlan(name: "t\($0)", kind: .task, arguments: ["true"]) }
        let plan = Plan(name: "many", directory: "/", jobs: jobs, goals: jobs.indices.map { JobID($0) })
        var events = jobs.indices.map { index in
            RunEvent.jobFinished(JobID(index), index == 42 ? .failed(.ended(.exited(1))) : .succeeded)
        }
        events.append(.runFinished(RunOutcome(exitCode: 1, failed: [JobID(42)])))
        #expect(
            text(events, plan: plan).split(separator: "\n").suffix(3) == [
                "pkrun │ t42   failed    -",
                "pkrun │ 99 other jobs went well",
                "pkrun │ failed: t42 after 1 min 40 s, nothing is left running (exit code 1)",
            ]
        )
    }

    @Test func survivorsAreNotHidden() {
        let receipt = TreeReceipt(end: .abandoned, survivors: 2)
        let events: [RunEvent] = [
            .jobStarted(db, attempt: 1, processID: 100),
            .jobEnded(db, attempt: 1, AttemptEnding(status: .signaled(.kill), receipt: receipt)),
            .jobFinished(db, .failed(.survivors(2))),
            .runFinished(RunOutcome(exitCode: 1, failed: [db])),
        ]
        let last = text(events).split(separator: "\n").last
        #expect(last == "pkrun      │ failed: db after 3 s, 2 processes could not be ended (exit code 1)")
    }

    /// A shell's script is its command line, and a process may call itself what it likes.
    @Test func aProcessIsNamedInOneLineThatTheTerminalDoesNotObey() {
        let script = ProcessSummary(processID: 7, command: "sh -c trap '' TERM\n\u{1B}[2J\twhile :; do sleep 1; done\n")
        let long = ProcessSummary(processID: 8, command: String(repeating: "word ", count: 1000))
        let events: [RunEvent] = [
            .jobLeftBehind(db, attempt: 1, [script], .kill),
            .jobDossier(db, attempt: 1, [StuckProcess(process: long, state: "S", place: nil)], lastLine: "x"),
        ]
        let lines = text(events).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].contains("left behind sh -c trap '' TERM [2J while :; do sleep 1; done (pid 7), killed"))
        #expect(lines[1].hasSuffix("…") && lines[1].count < 180)
    }

    @Test func withoutColorThereIsNoEscape() {
        let events: [RunEvent] = [
            start, .jobStarted(db, attempt: 1, processID: 1), .jobFinished(db, .succeeded),
            .runStopping(.timeout(.seconds(1))), .runFinished(RunOutcome(exitCode: 124)),
        ]
        #expect(!text(events).contains("\u{1B}"))
        #expect(text(events, usesColor: true).contains("\u{1B}[0;2mpkrun      │ \u{1B}[0m"))
    }

    @Test func jobsSpeakInOneColumn() {
        let column = PrefixColumn(plan: Self.plan, usesColor: false)
        #expect(column.prefix(of: db) == Array("db         │ ".utf8))
        #expect(column.prefix(of: smoke) == Array("smoke-test │ ".utf8))
        let colored = PrefixColumn(plan: Self.plan, usesColor: true)
        #expect(colored.prefix(of: db) == Array("\u{1B}[0;36mdb         │ \u{1B}[0m".utf8))
    }

    @Test func aWatchedJobIsToldWithWhatItWaitsForAndWhatHasChanged() {
        let told = text([
            start, .jobStarted(smoke, attempt: 1, processID: 1), ended(smoke, .exited(0)),
            .jobResting(smoke, .succeeded), .jobChanged(smoke, path: "src/a.c"),
            .jobStarted(smoke, attempt: 2, processID: 2), .jobStopping(smoke, attempt: 2, .changed("src/b.c")),
            .jobChanged(smoke, path: "src/b.c"),
        ])
        for words in [
            "smoke-test succeeded after 1 s; waiting for a change\n", "smoke-test src/a.c has changed\n",
            "smoke-test started again (pid 2)\n", "smoke-test src/b.c has changed\n",
        ] {
            #expect(told.contains(words), "\(words) is not in \(told)")
        }
        #expect(!told.contains("stopping"), "\(told)")
    }

    @Test func aNewPlanIsToldAndItsJobsSpeakByTheirNames() {
        var plan = Self.plan
        plan.jobs.append(JobPlan(name: "mail", kind: .service, arguments: ["mail"]))
        let mail = JobID(3)
        let change = PlanChange(plan: plan, changed: [api], added: [mail], removed: [])
        let told = text([start, .runReloaded(change), .jobStarted(mail, attempt: 1, processID: 1)])
        #expect(told.contains("the manifest was read again: api is changed, mail is new\n"), "\(told)")
        #expect(told.contains("mail       started (pid 1)\n"), "\(told)")
        let same = PlanChange(plan: plan, changed: [], added: [], removed: [])
        #expect(text([start, .runReloaded(same)]).contains("the manifest was read again: no job has changed\n"))
    }

    @Test func aRunThatStaysUpSaysOnceThatAllIsThere() {
        var plan = Self.plan
        plan.jobs.removeLast()
        plan.goals = [api]
        let events: [RunEvent] = [
            start, .jobStarted(db, attempt: 1, processID: 1), .jobReady(db, attempt: 1, after: .seconds(1)),
            .jobStarted(api, attempt: 1, processID: 2), .jobReady(api, attempt: 1, after: .zero),
            .jobReady(api, attempt: 2, after: .zero),
        ]
        let line = "everything is up; Ctrl-C stops it"
        #expect(!text(Array(events.dropLast(2)), plan: plan).contains(line))
        #expect(text(events, plan: plan).ranges(of: line).count == 1)
        #expect(!text(events).contains(line), "the smoke test has not even started")
    }
}
