internal import PkrunPlan

/// The timers of one job that are armed.
struct TimerSet: OptionSet, Hashable {
    let rawValue: UInt8

    static let timeout = TimerSet(rawValue: 1)
    static let idle = TimerSet(rawValue: 2)
    static let readiness = TimerSet(rawValue: 4)
    static let restart = TimerSet(rawValue: 8)
    static let window = TimerSet(rawValue: 16)
    static let change = TimerSet(rawValue: 32)

    func tokens(of job: JobID) -> [SchedulerTimer] {
        var tokens: [SchedulerTimer] = []
        if contains(.timeout) { tokens.append(.timeout(job)) }
        if contains(.idle) { tokens.append(.idle(job)) }
        if contains(.readiness) { tokens.append(.readiness(job)) }
        if contains(.restart) { tokens.append(.restart(job)) }
        if contains(.window) { tokens.append(.window(job)) }
        if contains(.change) { tokens.append(.change(job)) }
        return tokens
    }
}
