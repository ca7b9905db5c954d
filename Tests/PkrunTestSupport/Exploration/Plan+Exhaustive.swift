package import PkrunPlan

extension Plan {
    /// Every plan of so many jobs out of a few letters: the kinds of jobs, and what each may want of those before it.
    ///
    /// Of one or two jobs there are all kinds; of three, those that have to do with the graph: tasks, services with and
    /// without readiness, `finally` tasks; each as it is, `optional`, or tried once more.
    ///
    /// - Parameters:
    ///   - step: only one plan in so many, evenly spread.
    ///   - first: which of them; below `step`.
    package static func all(of count: Int, oneIn step: Int = 1, from first: Int = 0) -> some Sequence<Plan> {
        let letters = count < 3 ? JobPlan.letters : JobPlan.graphLetters
        let pairs = (0..<count).flatMap { later in (0..<later).map { Pair(later: later, earlier: $0) } }
        let wants = Want.allCases
        let numbers = Array(repeating: letters.count, count: count) + Array(repeating: wants.count, count: pairs.count)
        let total = numbers.reduce(2, *)
        return stride(from: first, to: total, by: step).lazy.compactMap { number -> Plan? in
            var rest = number
            func digit(_ base: Int) -> Int {
                defer { rest /= base }
                return rest % base
            }
            let chosen = (0..<count).map { _ in digit(letters.count) }
            let wanted = Dictionary(uniqueKeysWithValues: pairs.map { ($0, digit(wants.count)) })
            let onFailure: FailurePolicy = digit(2) == 0 ? .stop : .continue
            guard count < 3 || !isRepetition(chosen, wanted) else { return nil }
            var jobs = chosen.map { letters[$0] }
            for index in jobs.indices { jobs[index].name = "job\(index)" }
            // Where nothing stops the run it makes a difference to the exit code alone.
            if count == 3, onFailure == .continue, jobs.contains(where: \.isOptional) { return nil }
            for pair in pairs {
                let want = wants[wanted[pair] ?? 0]
                guard let dependency = want.dependency(on: pair.earlier, jobs[pair.earlier]) else { continue }
                // What runs in the end depends on nothing else.
                guard jobs[pair.later].isFinally == jobs[pair.earlier].isFinally else { return nil }
                jobs[pair.later].dependencies.append(dependency)
            }
            return Plan.of(jobs, onFailure: onFailure)
        }
    }

    private struct Pair: Hashable {
        let later: Int
        let earlier: Int
    }

    /// Of three jobs, the same graph of the same jobs is there in another order.
    private static func isRepetition(_ letters: [Int], _ wanted: [Pair: Int]) -> Bool {
        let want = { (later: Int, earlier: Int) in wanted[Pair(later: later, earlier: earlier)] ?? 0 }
        return switch (want(1, 0), want(2, 0), want(2, 1)) {
        case (0, 0, 0): letters != letters.sorted()
        case (_, 0, 0): false
        case (0, _, 0), (0, 0, _): true
        // Two depend on the first, or the last on two.
        case (let left, let right, 0): (letters[1], left) > (letters[2], right)
        case (0, let left, let right): (letters[0], left) > (letters[1], right)
        case (_, _, _): false
        }
    }
}

extension JobPlan {
    private static let once = RestartPolicy(condition: .onFailure, maximum: 1)

    fileprivate static let letters: [JobPlan] = [
        .task("", isOptional: true),
        .task("", retry: RetryPolicy(maximum: 1)),
        .service(""),
        .task(""),
        .task("", isFinally: true),
        .task("", locks: ["a"]),
        .asked,
        .service("", isProbed: false, isOptional: true),
        .service("", restart: once),
        .service("", isProbed: false, restart: RestartPolicy(condition: .always, maximum: 1)),
        .looked,
    ]

    fileprivate static let graphLetters: [JobPlan] = [
        .task(""),
        .task("", isOptional: true),
        .task("", retry: RetryPolicy(maximum: 1)),
        .service(""),
        .service("", isOptional: true),
        .service("", restart: once),
        .service("", isProbed: false),
        .service("", isProbed: false, isOptional: true),
        .service("", isProbed: false, restart: once),
        .task("", isFinally: true),
        .task("", isFinally: true, retry: RetryPolicy(maximum: 1)),
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
