internal import PkrunPlan
internal import PkrunTestSupport

/// A manifest that somebody works on: whose jobs come and go, and change in all that a scheduler looks at.
struct ChangingManifest {
    /// All jobs that it ever has, those that it does not have now included. Dependencies are told by places among them.
    private var jobs: [JobPlan]
    private var present: [Bool]
    private var concurrency: Int?
    private var onFailure: FailurePolicy

    init(using generator: inout SeededGenerator) {
        var plan = Plan.random(using: &generator)
        while plan.jobs.count > 15 { plan = Plan.random(using: &generator) }
        jobs = plan.jobs
        present = jobs.map { _ in generator.chance(80) }
        concurrency = plan.concurrency
        onFailure = plan.onFailure
    }

    var written: Plan {
        let indices = jobs.indices.filter { present[$0] }
        let places = Dictionary(uniqueKeysWithValues: zip(indices, 0...))
        let written = indices.map { index in
            var job = jobs[index]
            job.dependencies = job.dependencies.compactMap { dependency in
                places[dependency.job.index].map { place in
                    var dependency = dependency
                    dependency.job = JobID(place)
                    return dependency
                }
            }
            return job
        }
        return .of(written, concurrency: concurrency, onFailure: onFailure)
    }

    mutating func change(using generator: inout SeededGenerator) {
        for index in jobs.indices where generator.chance(15) { change(index, using: &generator) }
        for index in jobs.indices where generator.chance(8) { present[index].toggle() }
        if generator.chance(15) { scale(using: &generator) }
        if generator.chance(10) { concurrency = [nil, 1, 2].randomElement(using: &generator) ?? nil }
        if generator.chance(5) { onFailure = onFailure == .stop ? .continue : .stop }
    }

    private mutating func change(_ index: Int, using generator: inout SeededGenerator) {
        let other = Plan.random(using: &generator).jobs.randomElement(using: &generator) ?? jobs[index]
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: jobs[index].arguments.append("more")
        case 1: jobs[index].isOptional.toggle()
        case 2: if jobs[index].kind == .task { jobs[index].locks = other.locks }
        case 3: if !jobs[index].dependencies.isEmpty { jobs[index].dependencies.removeLast() }
        case 4: jobs[index].onlyIf = generator.chance(50) ? other.onlyIf : .command(["true"])
        case 5: jobs[index].become(jobs[index].kind == .task && !jobs[index].isFinally ? .service : .task)
        case 6, 7: depend(index, using: &generator)
        case 8:
            guard let edge = jobs[index].dependencies.indices.randomElement(using: &generator) else { return }
            let conditions = DependencyCondition.allCases
            jobs[index].dependencies[edge].condition = conditions.randomElement(using: &generator) ?? .started
            jobs[index].dependencies[edge].isRequired = generator.chance(70)
            jobs[index].dependencies[edge].restarts = generator.chance(40)
        case 9:
            jobs[index].restart = jobs[index].retry.maximum > 0 ? jobs[index].restart : other.restart
            jobs[index].health = other.health
        case 10: jobs[index].watch = jobs[index].isFinally ? nil : other.watch
        default: jobs[index].endsRun = other.endsRun
        }
    }

    private mutating func depend(_ index: Int, using generator: inout SeededGenerator) {
        let candidates = jobs.indices.filter { other in
            jobs[other].isFinally == jobs[index].isFinally && !reaches(other, index)
                && !jobs[index].dependencies.contains { $0.job.index == other }
        }
        guard let other = candidates.randomElement(using: &generator) else { return }
        let usual: DependencyCondition = jobs[other].kind == .service ? .ready : .succeeded
        jobs[index].dependencies.append(
            .on(
                other,
                generator.chance(60) ? usual : .started,
                isRequired: generator.chance(70),
                restarts: generator.chance(30)
            )
        )
    }

    /// The one depends on the other, directly or not, or is it.
    private func reaches(_ index: Int, _ other: Int) -> Bool {
        index == other || jobs[index].dependencies.contains { reaches($0.job.index, other) }
    }

    /// One job becomes a copy of another, as a replica is.
    private mutating func scale(using generator: inout SeededGenerator) {
        let leaves = jobs.indices.filter { leaf in !jobs.contains { $0.dependencies.contains { $0.job.index == leaf } }
        }
        guard let copy = leaves.randomElement(using: &generator),
            let original = jobs.indices.randomElement(using: &generator),
            !reaches(original, copy), !reaches(copy, original), jobs[copy].isFinally == jobs[original].isFinally
        else { return }
        let name = jobs[copy].name
        jobs[copy] = jobs[original]
        jobs[copy].name = name
        present[copy] = present[original]
        for index in jobs.indices where index != copy {
            guard var edge = jobs[index].dependencies.first(where: { $0.job.index == original }) else { continue }
            edge.job = JobID(copy)
            jobs[index].dependencies.append(edge)
        }
    }
}

extension JobPlan {
    /// Another kind, without what is of no use to it.
    fileprivate mutating func become(_ kind: JobKind) {
        self.kind = kind
        readiness = Readiness()
        guard kind == .service else { return }
        locks = []
        retry = RetryPolicy()
    }
}
