package import PkrunPlan
package import PkrunScheduler

/// What the world did in one run: what it told, and which attempts it was asked for. Nothing of what the scheduler
/// thought of it.
package struct RunHistory {
    /// By job, one after the other.
    private(set) var attempts: [[Attempt]]
    private(set) var interrupts: [(moment: Int, signal: SignalNumber)] = []
    private(set) var runTimeout: Int?
    private(set) var fault: (moment: Int, description: String)?
    /// How many inputs there were.
    private(set) var length = 0

    struct Attempt {
        /// The input after which it was asked for.
        let asked: Int
        /// What was told of the job from then on, until the next attempt was asked for.
        var facts: [(moment: Int, input: SchedulerInput)] = []
    }

    package init(of plan: Plan) {
        attempts = Array(repeating: [], count: plan.jobs.count)
    }

    package mutating func note(_ input: SchedulerInput, _ actions: [SchedulerAction]) {
        switch input {
        // Histories in which the manifest is read again are judged elsewhere.
        case .begin, .reload: break
        case .interrupt(let signal): interrupts.append((length, signal))
        case .fault(let description): fault = fault ?? (length, description)
        case .timer(.run): runTimeout = runTimeout ?? length
        case .started(let job), .startFailed(let job, _), .ready(let job, after: _), .portTaken(let job, _, by: _),
            .probeFailed(let job, times: _),
            .healthy(let job), .unhealthy(let job, _), .declined(let job), .ended(let job, _),
            .quiet(let job, for: _), .changed(let job, path: _), .timer(.timeout(let job)), .timer(.idle(let job)),
            .timer(.readiness(let job)), .timer(.restart(let job)), .timer(.window(let job)),
            .timer(.change(let job)):
            if let last = attempts[job.index].indices.last {
                attempts[job.index][last].facts.append((length, input))
            }
        }
        for case .start(let job, attempt: _, asks: _) in actions { attempts[job.index].append(Attempt(asked: length)) }
        length += 1
    }
}
