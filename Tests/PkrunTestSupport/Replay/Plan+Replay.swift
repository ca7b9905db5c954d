internal import PkrunPlan

extension Plan {
    /// A random plan in which nothing depends on how long something takes, and which processes can carry out that wait
    /// for a word in the FIFO of their job.
    static func replayable(in directory: String, using generator: inout SeededGenerator) -> (
        plan: Plan, missing: Set<Int>, declining: Set<Int>
    ) {
        var random = Plan.random(using: &generator)
        while random.jobs.count > 8 { random = Plan.random(using: &generator) }
        var missing: Set<Int> = []
        var declining: Set<Int> = []
        var jobs = random.jobs
        for index in jobs.indices {
            jobs[index].forgetTime()
            jobs[index].arguments = ["/bin/sh", "-c", JobPlan.obedience, "\(directory)/\(jobs[index].name)"]
            // Answers of several commands could come in any order.
            if case .command = jobs[index].onlyIf { jobs[index].onlyIf = nil }
            if generator.chance(5) {
                missing.insert(index)
                jobs[index].arguments = ["\(directory)/missing"]
            }
        }
        // When a pause is over shows in nothing where the task then waits for its place or a lock.
        if generator.chance(50) {
            for index in jobs.indices where jobs[index].kind == .task { jobs[index].tryOnce() }
        } else {
            random.concurrency = nil
            for index in jobs.indices { jobs[index].locks = [] }
        }
        if generator.chance(30), let index = jobs.indices.randomElement(using: &generator) {
            if generator.chance(50) { declining.insert(index) }
            jobs[index].onlyIf = .command([declining.contains(index) ? "false" : "true"])
            random.concurrency = nil
            for other in jobs.indices { jobs[other].locks = [] }
        }
        let plan = Plan.of(jobs, concurrency: random.concurrency, onFailure: random.onFailure)
        return (plan, missing, declining)
    }
}

extension JobPlan {
    /// Does what it is told in words, and nothing else.
    fileprivate static let obedience = """
        exec 3<>"$0"
        while read -r word number <&3; do
            case $word in
            ready) echo ready ;;
            exit) exit "$number" ;;
            kill) kill -"$number" $$ ;;
            esac
        done
        """

    fileprivate mutating func tryOnce() {
        restart = RestartPolicy()
        retry = RetryPolicy()
    }

    fileprivate mutating func forgetTime() {
        timeout = nil
        idleTimeout = nil
        watch = nil
        health = nil
        restart.backoff = .milliseconds(1)
        restart.maximumBackoff = .milliseconds(1)
        restart.window = nil
        retry.delay = .milliseconds(retry.maximum > 0 ? 1 : 0)
        if !readiness.probes.isEmpty {
            readiness = Readiness(probes: [.line(pattern: "ready", stream: .any)], timeout: .seconds(600))
        }
        // By default it does nothing: stopping is a word, too.
        stop = [.signal(.winch, to: .tree, wait: .seconds(600))]
        for index in dependencies.indices where dependencies[index].condition == .healthy {
            dependencies[index].condition = .started
        }
    }
}
