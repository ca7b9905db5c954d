package import PkrunPlan

extension Plan {
    /// A plan without cycles of up to 60 jobs, small ones being more frequent, with everything that the scheduler knows.
    package static func random(using generator: inout SeededGenerator) -> Plan {
        let most = [4, 8, 15, 60].randomElement(using: &generator) ?? 4
        let count = Int.random(in: 1...most, using: &generator)
        let places = Array(0..<count).shuffled(using: &generator)
        let kinds: [JobKind] = places.map { _ in generator.chance(40) ? .service : .task }
        var jobs = kinds.enumerated().map { index, kind in JobPlan.random(index, kind, using: &generator) }
        for (rank, job) in places.enumerated() where rank > 0 {
            let number = Int.random(in: 0...min(rank, 3), using: &generator)
            jobs[job].dependencies = places[..<rank].shuffled(using: &generator).prefix(number).map { dependency in
                .on(dependency, .random(kinds[dependency], using: &generator))
            }
        }
        var plan = Plan.of(
            jobs,
            timeout: generator.chance(10) ? .milliseconds(Int.random(in: 1...200, using: &generator)) : nil,
            concurrency: generator.chance(40) ? Int.random(in: 1...4, using: &generator) : nil,
            onFailure: generator.chance(40) ? .continue : .stop
        )
        if generator.chance(20), let also = jobs.indices.randomElement(using: &generator) {
            if !plan.goals.contains(JobID(also)) { plan.goals.append(JobID(also)) }
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
                maximumBackoff: .milliseconds(20)
            )
        }
        job.successExitCodes = generator.chance(10) ? [0, 3] : [0]
        job.isOptional = generator.chance(25)
        job.leaks = LeakPolicy.allCases.randomElement(using: &generator) ?? .kill
        return job
    }
}

extension DependencyCondition {
    fileprivate static func random(_ kind: JobKind, using generator: inout SeededGenerator) -> DependencyCondition {
        let usual: DependencyCondition = kind == .service ? .ready : .succeeded
        let others: [DependencyCondition] = [.started, .started, .completed, .failed, .succeeded]
        return generator.chance(60) ? usual : others.randomElement(using: &generator) ?? usual
    }
}
