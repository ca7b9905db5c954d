internal import PkrunEvents
internal import PkrunPlan
internal import PkrunScheduler

/// What is to be read off one attempt alone.
extension RunHistory.Attempt {
    /// When its process was there.
    var start: Instant? {
        first { if case .started = $0 { () } else { nil } }?.instant
    }

    var startFailure: (instant: Instant, value: StartFailure)? {
        first { if case .startFailed(_, let failure) = $0 { failure } else { nil } }
    }

    var refusal: Instant? {
        first { if case .declined = $0 { () } else { nil } }?.instant
    }

    var ending: (instant: Instant, value: AttemptEnding)? {
        first { if case .ended(_, let ending) = $0 { ending } else { nil } }
    }

    /// When it was over, also where it never had a process.
    var end: Instant? { ending?.instant ?? startFailure?.instant ?? refusal }

    /// What calls for its end in the attempt itself, whichever comes first.
    func call(by plan: JobPlan) -> (instant: Instant, value: StopReason)? {
        let readiness =
            plan.readiness.probes.isEmpty ? start : first { if case .ready = $0 { () } else { nil } }?.instant
        for (moment, input) in facts {
            let instant = Instant(moment: moment)
            let isReady = readiness.map { $0 < instant } ?? false
            switch input {
            case .timer(.timeout): if let limit = plan.timeout { return (instant, .timeout(limit)) }
            case .quiet(_, for: let silence):
                if let limit = plan.idleTimeout, silence >= limit { return (instant, .idleTimeout(limit)) }
            case .timer(.readiness): return (instant, .notReady(within: plan.readiness.timeout))
            case .probeFailed(_, let times): if !isReady { return (instant, .probeFailed(times: times)) }
            case .portTaken(_, let port, let holder): if !isReady { return (instant, .portTaken(port, by: holder)) }
            case .unhealthy: if plan.health?.onFailure != .mark { return (instant, .unhealthy) }
            default: break
            }
        }
        return nil
    }

    /// When the pause after it was over.
    var pauseEnd: Instant? {
        first { if case .timer(.restart) = $0 { () } else { nil } }?.instant
    }

    /// The attempt lasted so long that restarts before it count no more.
    var outlastsWindow: Bool {
        first { if case .timer(.window) = $0 { () } else { nil } } != nil
    }

    private func first<Value>(_ match: (SchedulerInput) -> Value?) -> (instant: Instant, value: Value)? {
        for (moment, input) in facts {
            if let value = match(input) { return (Instant(moment: moment), value) }
        }
        return nil
    }
}
