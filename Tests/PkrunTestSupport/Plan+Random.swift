package import PkrunPlan

extension Plan {
    /// A plan without cycles of up to 200 jobs, small ones being more frequent, with everything that the scheduler
    /// knows.
    package static func random(using generator: inout SeededGenerator) -> Plan {
        let most = generator.chance(1) ? 200 : [4, 8, 15, 60].randomElement(using: &generator) ?? 4
        let count = Int.random(in: 1...most, using: &generator)
        let places = Array(0..<count).shuffled(using: &generator)
        // From some rank on, jobs are tasks that run in the end.
        let ordinary = generator.chance(25) ? Int.random(in: 0...count, using: &generator) : count
        let finally = Set(places[ordinary...])
        let kinds: [JobKind] = places.indices.map { index in
            !finally.contains(index) && generator.chance(40) ? .service : .task
        }
        var jobs = kinds.enumerated().map { index, kind in JobPlan.random(index, kind, using: &generator) }
        for (rank, job) in places.enumerated() where rank > 0 {
            let number = Int.random(in: 0...min(rank, 3), using: &generator)
            let earlier = rank < ordinary ? places[..<rank] : places[ordinary..<rank]
            jobs[job].dependencies = earlier.shuffled(using: &generator).prefix(number).map { dependency in
                .random(dependency, jobs[dependency], using: &generator)
            }
        }
        for index in finally { jobs[index].isFinally = true }
        var plan = Plan.of(
            jobs,
            timeout: generator.chance(10) ? .milliseconds(Int.random(in: 1...200, using: &generator)) : nil,
            concurrency: generator.chance(40) ? Int.random(in: 1...4, using: &generator) : nil,
            onFailure: generator.chance(40) ? .continue : .stop
        )
        if generator.chance(20), let also = jobs.indices.randomElement(using: &generator) {
            if !plan.goals.contains(JobID(also)), !finally.contains(also) { plan.goals.append(JobID(also)) }
        }
        return plan
    }
}

extension JobPlan {
    fileprivate static func random(_ index: Int, _ kind: JobKind, using generator: inout SeededGenerator) -> JobPlan {
        var job = JobPlan(name: "job\(index)", kind: kind, arguments: ["true"])
        if kind == .service, generator.chance(75) {
            job.readiness = Readiness(probes: [.exec(["true"])], timeout: .milliseconds(30))
        }
        if generator.chance(kind == .task ? 20 : 5) {
            job.timeout = .milliseconds(Int.random(in: 5...40, using: &generator))
        }
        if generator.chance(15) { job.idleTimeout = .milliseconds(Int.random(in: 5...40, using: &generator)) }
        if generator.chance(35) {
            job.restart = RestartPolicy(
                condition: RestartPolicy.Condition.allCases.randomElement(using: &generator) ?? .no,
                maximum: generator.chance(80) ? Int.random(in: 0...3, using: &generator) : nil,
                backoff: .milliseconds(Int.random(in: 0...8, using: &generator)),
                maximumBackoff: .milliseconds(20),
                factor: [1, 1.5, 2].randomElement(using: &generator) ?? 2,
                window: generator.chance(30) ? .milliseconds(Int.random(in: 1...30, using: &generator)) : nil
            )
        } else if kind == .task, generator.chance(20) {
            job.retry = .random(using: &generator)
        }
        if generator.chance(kind == .service ? 30 : 5) {
            let reaction = HealthCheck.Reaction.allCases.randomElement(using: &generator) ?? .mark
            job.health = HealthCheck(probes: [.exec(["true"])], onFailure: reaction)
        }
        if generator.chance(12) { job.onlyIf = generator.chance(40) ? .never : .command(["true"]) }
        if kind == .task, generator.chance(20) {
            job.locks = ["a", "b", "c"].filter { _ in generator.chance(50) }
        }
        if generator.chance(10) {
            job.watch = WatchPlan(
                paths: ["/**"],
                debounce: .milliseconds(Int.random(in: 0...10, using: &generator)),
                action: generator.chance(70) ? .restart : .signal(.hup)
            )
        }
        job.successExitCodes = generator.chance(10) ? [0, 3] : [0]
        job.isOptional = generator.chance(25)
        if generator.chance(6) { job.endsRun = generator.chance(50) ? .always : .onFailure }
        job.leaks = LeakPolicy.allCases.randomElement(using: &generator) ?? .kill
        job.stop = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
            let wait = Duration.milliseconds(Int.random(in: 0...20, using: &generator))
            return .signal(.term, to: generator.chance(50) ? .main : .tree, wait: wait)
        }
        return job
    }
}

extension RetryPolicy {
    fileprivate static func random(using generator: inout SeededGenerator) -> RetryPolicy {
        RetryPolicy(
            maximum: Int.random(in: 1...3, using: &generator),
            delay: .milliseconds(Int.random(in: 0...8, using: &generator)),
            triggers: generator.chance(50)
                ? nil : Triggers(timeout: generator.chance(50), exitCodes: generator.chance(50) ? [3, 137] : [1])
        )
    }
}

extension Dependency {
    fileprivate static func random(_ index: Int, _ job: JobPlan, using generator: inout SeededGenerator) -> Dependency {
        Dependency(
            JobID(index),
            job.health != nil && generator.chance(50) ? .healthy : .random(job.kind, using: &generator),
            isRequired: !generator.chance(15),
            restarts: generator.chance(20)
        )
    }
}

extension DependencyCondition {
    fileprivate static func random(_ kind: JobKind, using generator: inout SeededGenerator) -> DependencyCondition {
        let usual: DependencyCondition = kind == .service ? .ready : .succeeded
        let others: [DependencyCondition] = [.started, .started, .completed, .failed, .succeeded, .healthy]
        return generator.chance(60) ? usual : others.randomElement(using: &generator) ?? usual
    }
}
