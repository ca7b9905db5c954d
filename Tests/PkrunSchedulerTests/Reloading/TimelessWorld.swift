internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// The processes and timers of a run, in a world without clocks: whatever can happen next may happen next.
struct TimelessWorld: Hashable {
    private(set) var attempts: [Attempt]
    private var timers: Set<SchedulerTimer> = []

    enum Attempt: Hashable {
        case none, resting, starting(asks: Bool), alive(isReady: Bool), stopping

        var isOver: Bool { self == .none || self == .resting }
    }

    init(of plan: Plan) { attempts = plan.jobs.map { _ in .none } }

    var isIdle: Bool { attempts.allSatisfy(\.isOver) }

    /// What can happen, but for what the user does.
    func events(in plan: Plan) -> [SchedulerInput] {
        var events = timers.sorted { "\($0)" < "\($1)" }.map { timer -> SchedulerInput in
            if case .idle(let job) = timer {
                .quiet(job, for: plan.jobs[job.index].idleTimeout ?? .zero)
            } else {
                .timer(timer)
            }
        }
        for (index, attempt) in attempts.enumerated() {
            let job = JobID(index)
            switch attempt {
            case .none, .resting: break
            case .starting(let asks):
                events += [.started(job), .startFailed(job, Self.failure)]
                if asks { events.append(.declined(job)) }
            case .alive(let isReady):
                events += [.exited(0), .exited(1)].map { .ended(job, AttemptEnding(status: $0)) }
                if !plan.jobs[job.index].readiness.probes.isEmpty, !isReady {
                    events += [.ready(job, after: .zero), .probeFailed(job, times: 2)]
                }
                if plan.jobs[job.index].health != nil { events += [.healthy(job), .unhealthy(job, [])] }
            case .stopping:
                events.append(.ended(job, AttemptEnding(status: .signaled(.term))))
            }
            if attempt != .none, plan.jobs[job.index].watch != nil { events.append(.changed(job, path: "file")) }
        }
        return events
    }

    private static let failure = StartFailure(step: "execute", subject: "x", errorNumber: 2, message: "No such file")

    mutating func take(_ input: SchedulerInput, in plan: Plan) {
        switch input {
        case .started(let job): attempts[job.index] = .alive(isReady: plan.jobs[job.index].readiness.probes.isEmpty)
        case .startFailed(let job, _), .declined(let job), .ended(let job, _): attempts[job.index] = .none
        case .ready(let job, after: _): attempts[job.index] = .alive(isReady: true)
        case .timer(let timer): timers.remove(timer)
        case .quiet(let job, for: _): timers.remove(.idle(job))
        case .reload(let new, path: _): attempts += (attempts.count..<new.jobs.count).map { _ in .none }
        case .begin, .probeFailed, .portTaken, .healthy, .unhealthy, .changed, .fault, .interrupt: break
        }
    }

    /// - Returns: why that cannot be done; `nil` if it can.
    mutating func carryOut(_ action: SchedulerAction, in plan: Plan) -> String? {
        switch action {
        case .start(let job, attempt: _, let asks):
            let mayStart = attempts[job.index].isOver && !plan.retired.contains(job)
            attempts[job.index] = .starting(asks: asks)
            return mayStart ? nil : "\(plan.jobs[job.index].name) runs or is gone, and is started"
        case .stop(let job), .kill(let job):
            let mayStop =
                switch attempts[job.index] {
                case .alive, .stopping: true
                case .none, .resting, .starting: false
                }
            attempts[job.index] = .stopping
            return mayStop ? nil : "\(plan.jobs[job.index].name) is stopped, but does not run"
        case .arm(let timer, after: _): return timers.insert(timer).inserted ? nil : "\(timer) armed twice"
        case .disarm(let timer): return timers.remove(timer) != nil ? nil : "\(timer) disarmed but not armed"
        case .finish: return isIdle && timers.isEmpty ? nil : "finished with \(attempts), \(timers)"
        case .report(.jobResting(let job, _)): attempts[job.index] = .resting
        case .report(.jobFinished(let job, _)): attempts[job.index] = .none
        case .signal, .report: break
        }
        return nil
    }
}
