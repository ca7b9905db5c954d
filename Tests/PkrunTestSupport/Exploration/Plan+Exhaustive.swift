package import PkrunPlan

extension Plan {
    /// Every plan of so many jobs out of a few letters: the kinds of jobs, and what each may want of those before it.
    ///
    /// With `isWhole` the letters are all that there are; without, those that make the most of each other.
    package static func all(of count: Int, isWhole: Bool) -> some Sequence<Plan> {
        let letters = isWhole ? JobPlan.letters : JobPlan.fewLetters
        let pairs = (0..<count).flatMap { later in (0..<later).map { (later, $0) } }
        let wants = isWhole ? Want.allCases : Want.few
        let numbers = Array(repeating: letters.count, count: count) + Array(repeating: wants.count, count: pairs.count)
        let total = numbers.reduce(2, *)
        return (0..<total).lazy.compactMap { number -> Plan? in
            var rest = number
            func digit(_ base: Int) -> Int {
                defer { rest /= base }
                return rest % base
            }
            let onFailure: FailurePolicy = digit(2) == 0 ? .stop : .continue
            var jobs = (0..<count).map { index in
                var job = letters[digit(letters.count)]
                job.name = "job\(index)"
                return job
            }
            for (later, earlier) in pairs {
                guard let dependency = wants[digit(wants.count)].dependency(on: earlier, jobs[earlier]) else {
                    continue
                }
                // What runs in the end depends on nothing else.
                guard jobs[later].isFinally == jobs[earlier].isFinally else { return nil }
                jobs[later].dependencies.append(dependency)
            }
            return Plan.of(jobs, onFailure: onFailure)
        }
    }
}

extension JobPlan {
    fileprivate static let fewLetters: [JobPlan] = [
        .task("", isOptional: true), .task("", retry: RetryPolicy(maximum: 1)), .service(""),
    ]

    fileprivate static let letters: [JobPlan] =
        fewLetters + [
            .task(""),
            .task("", isFinally: true),
            .task("", locks: ["a"]),
            .asked,
            .service("", isProbed: false, isOptional: true),
            .service("", restart: RestartPolicy(condition: .onFailure, maximum: 1)),
            .service("", isProbed: false, restart: RestartPolicy(condition: .always, maximum: 1)),
            .looked,
        ]

    /// A command decides whether it runs.
    private static var asked: JobPlan {
        var job = JobPlan.task("")
        job.onlyIf = .command(["true"])
        return job
    }

    /// Its health is looked after.
    private static var looked: JobPlan {
        var job = JobPlan.service("", isProbed: false, restart: RestartPolicy(maximum: 1))
        job.health = HealthCheck(probes: [.exec(["true"])], onFailure: .restart)
        return job
    }
}

/// What a job may want of one before it.
private enum Want: CaseIterable {
    case nothing, usual, optional, following, started, completed, failed

    static let few: [Want] = [.nothing, .usual]

    func dependency(on index: Int, _ job: JobPlan) -> Dependency? {
        let usual: DependencyCondition = job.kind == .service ? .ready : .succeeded
        switch self {
        case .nothing: return nil
        case .usual: return .on(index, usual)
        case .optional: return .on(index, usual, isRequired: false)
        case .following: return .on(index, usual, restarts: true)
        case .started: return .on(index, .started)
        case .completed: return .on(index, .completed)
        case .failed: return .on(index, .failed)
        }
    }
}
