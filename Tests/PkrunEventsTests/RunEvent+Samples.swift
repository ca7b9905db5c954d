internal import PkrunEvents
internal import PkrunPlan

extension RunEvent {
    private static let plan = Plan(
        name: "shop",
        directory: "/src",
        jobs: [
            JobPlan(name: "db", kind: .service, arguments: ["db"]),
            JobPlan(name: "smoke", kind: .task, arguments: ["smoke"]),
        ],
        goals: [JobID(1)]
    )
    private static let processes = [ProcessSummary(processID: 43, command: "sleep 9")]
    private static let startFailure = StartFailure(
        step: "execute",
        subject: "/bin/nothing",
        errorNumber: 2,
        message: "No such file or directory"
    )

    private static let holders = [
        PortHolder(userID: 0, process: processes[0]), PortHolder(userID: 1000, process: nil),
        PortHolder(userID: 0, process: processes[0], origin: ProcessOrigin(run: "/src/.pkrun/runs/1", job: "web")),
        PortHolder(userID: 0, process: processes[0], origin: ProcessOrigin(run: "/src/.pkrun/runs/1", job: nil)),
    ]

    private static let probes = [
        ProbeSummary(probe: "tcp 127.0.0.1:80", passed: false, result: "Connection refused"),
        ProbeSummary(probe: "delay", passed: true, result: "passed"),
    ]

    private static let runReasons: [RunStopReason] = [
        .failed(JobID(0)), .ended(JobID(0)), .interrupted(.int), .fault("disk full"), .timeout(.seconds(60)),
    ]

    private static let stuck = [
        StuckProcess(process: processes[0], state: "S", place: "in hrtimer_nanosleep"),
        StuckProcess(process: processes[0], state: "Z", place: nil),
        StuckProcess(process: processes[0], state: "S", place: nil, sockets: ["listens on [::1]:80", "receives on x"]),
    ]

    private static let stopReasons: [StopReason] =
        runReasons.map { .run($0) } + [
            .notNeeded, .timeout(.seconds(1)), .idleTimeout(.milliseconds(1500)), .notReady(within: .seconds(2)),
            .probeFailed(times: 3),
            .dependencyRestarts(JobID(0)), .unhealthy, .changed("src/main.c"),
        ] + holders.map { .portTaken(80, by: $0) }

    private static let skipReasons: [SkipReason] =
        runReasons.map { .run($0) } + DependencyCondition.allCases.map { .dependency(Dependency(JobID(0), $0)) } + [
            .notNeeded, .condition,
        ]

    private static let failureReasons: [FailureReason] = [
        .startFailed(startFailure), .ended(.exited(3)), .ended(.signaled(.kill)),
        .outOfMemory(limit: 64 << 20, .signaled(.kill)), .timeout(.seconds(1)),
        .idleTimeout(.seconds(1)), .notReady(within: .seconds(1)), .probeFailed(times: 3), .leftBehind(processes),
        .survivors(2),
        .dependency(Dependency(JobID(0), .ready)), .portTaken(80, by: holders[0]),
        .unhealthy,
    ]

    private static let outcomes: [JobOutcome] =
        [.succeeded] + failureReasons.map { .failed($0) } + stopReasons.map { .stopped($0) }
        + skipReasons.map { .skipped($0) }

    private static let ends: [TreeEnd] = [.byItself, .step(1), .killed, .abandoned]

    private static let start = RunStart(
        runID: "20260102-030405-7",
        manifest: "/src/jobs.yaml",
        name: "shop",
        processID: 7,
        mechanism: "cgroup",
        goals: [JobID(1)]
    )

    /// Every kind of event with every kind of value in it, of a plan with the two jobs 0 and 1.
    static var samples: [RunEvent] {
        let job = JobID(1)
        let step: [StopStep] = [
            .signal(.term, to: .tree, wait: .seconds(10)), .command(["pg_ctl", "stop"], wait: .zero),
        ]
        var events: [RunEvent] = [
            .runStarted(start),
            .jobWaiting(job, on: [Dependency(JobID(0), .ready)]),
            .jobStarted(job, attempt: 1, processID: 42),
            .jobUnlimited(job, attempt: 1, [UnkeptLimit(resource: "memory", reason: "no controller")]),
            .jobStartFailed(job, attempt: 1, startFailure),
            .jobReady(job, attempt: 1, after: .microseconds(1_250_000)),
            .jobNotReady(job, attempt: 1, probes),
            .jobDossier(job, attempt: 1, stuck, lastLine: "waiting"),
            .jobDossier(job, attempt: 1, [], lastLine: nil),
            .jobHealthy(job, attempt: 1),
            .jobUnhealthy(job, attempt: 1, probes),
            .jobExited(job, attempt: 1, .exited(0)),
            .jobEscaped(job, attempt: 1, processes),
            .jobKilling(job, attempt: 1),
            .jobRestarting(job, restart: 2, after: .milliseconds(500)),
            .jobResting(job, .succeeded),
            .jobResting(job, .failed(.ended(.exited(1)))),
            .jobChanged(job, path: "src/main.c"),
            .runFinalizing(RunOutcome(exitCode: 1, failed: [JobID(0)])),
            .runFinished(RunOutcome(exitCode: 0)),
            .runFinished(RunOutcome(exitCode: 1, failed: [JobID(0)], unreached: [job])),
        ]
        events += LeakPolicy.allCases.map { .jobLeftBehind(job, attempt: 1, processes, $0) }
        events += stopReasons.map { .jobStopping(job, attempt: 1, $0) }
        events += step.map { .jobStopStep(job, attempt: 1, $0) }
        events += ends.map { end in
            let receipt = TreeReceipt(
                end: end,
                processesSeen: 3,
                cpuTime: .microseconds(1234),
                peakMemory: 4096,
                bytesRead: 512,
                bytesWritten: 1024,
                limits: end == .killed ? LimitReceipt(peakMemory: 8192, memoryKills: 1, refusedProcesses: 2) : nil
            )
            let ending = AttemptEnding(status: .signaled(.term), leftBehind: processes, receipt: receipt)
            return .jobEnded(job, attempt: 1, ending)
        }
        events += outcomes.map { .jobFinished(job, $0) }
        events += runReasons.flatMap { reason in
            [.runStopping(reason), .runFinished(RunOutcome(exitCode: 130, stopReason: reason))]
        }
        // The last one: the others speak of the plan that the test has.
        return events + [.runReloaded(PlanChange(plan: plan, changed: [job], added: [], removed: [JobID(0)]))]
    }
}
