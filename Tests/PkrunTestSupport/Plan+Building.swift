package import PkrunPlan

extension Plan {
    /// A plan of these jobs whose goals are the jobs that no other depends on.
    package static func of(
        _ jobs: [JobPlan],
        goals: [Int]? = nil,
        timeout: Duration? = nil,
        concurrency: Int? = nil,
        onFailure: FailurePolicy = .stop
    ) -> Plan {
        let needed = Set(jobs.flatMap { $0.dependencies.map(\.job.index) })
        return Plan(
            name: "test",
            directory: "/",
            jobs: jobs,
            goals: (goals ?? jobs.indices.filter { !needed.contains($0) && !jobs[$0].isFinally }).map { JobID($0) },
            timeout: timeout,
            concurrency: concurrency,
            onFailure: onFailure
        )
    }
}

extension JobPlan {
    package static func task(
        _ name: String,
        after dependencies: [Dependency] = [],
        timeout: Duration? = nil,
        idleTimeout: Duration? = nil,
        restart: RestartPolicy = RestartPolicy(),
        isOptional: Bool = false,
        leaks: LeakPolicy = .kill,
        isFinally: Bool = false,
        locks: [String] = [],
        retry: RetryPolicy = RetryPolicy()
    ) -> JobPlan {
        JobPlan(
            name: name,
            kind: .task,
            arguments: ["true"],
            dependencies: dependencies,
            timeout: timeout,
            idleTimeout: idleTimeout,
            restart: restart,
            isOptional: isOptional,
            leaks: leaks,
            isFinally: isFinally,
            locks: locks,
            retry: retry
        )
    }

    /// A service; with `isProbed` it has to show that it is ready.
    package static func service(
        _ name: String,
        after dependencies: [Dependency] = [],
        isProbed: Bool = true,
        restart: RestartPolicy = RestartPolicy(),
        isOptional: Bool = false
    ) -> JobPlan {
        JobPlan(
            name: name,
            kind: .service,
            arguments: ["true"],
            dependencies: dependencies,
            readiness: isProbed ? Readiness(probes: [.line(pattern: "ready", stream: .any)]) : Readiness(),
            restart: restart,
            isOptional: isOptional
        )
    }
}

extension Dependency {
    package static func on(
        _ job: Int,
        _ condition: DependencyCondition,
        isRequired: Bool = true,
        restarts: Bool = false
    ) -> Dependency {
        Dependency(JobID(job), condition, isRequired: isRequired, restarts: restarts)
    }
}
