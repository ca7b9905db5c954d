internal import PkrunPlan

/// Dependency conditions that hold at the same time.
struct ConditionSet: OptionSet, Hashable {
    let rawValue: UInt8

    static let started = ConditionSet(rawValue: 1)
    static let ready = ConditionSet(rawValue: 2)
    static let succeeded = ConditionSet(rawValue: 4)
    static let completed = ConditionSet(rawValue: 8)
    static let failed = ConditionSet(rawValue: 16)
    static let healthy = ConditionSet(rawValue: 32)

    func holds(_ condition: DependencyCondition) -> Bool {
        switch condition {
        case .started: contains(.started)
        case .ready: contains(.ready)
        case .healthy: contains(.healthy)
        case .succeeded: contains(.succeeded)
        case .completed: contains(.completed)
        case .failed: contains(.failed)
        }
    }
}
