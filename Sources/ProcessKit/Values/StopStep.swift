internal import PkrunPlan

/// A step of a stop: a signal, and the time to act on it.
public struct StopStep: Sendable, Equatable {
    /// What is sent.
    public var signal: Signal
    /// Whether the first process alone gets it, rather than every process of the tree. A step for a first process that
    /// has ended, or was adopted, is passed over.
    public var isForMainAlone: Bool
    /// How long the tree has to end before the next step.
    public var wait: Duration

    /// - Precondition: the signal's number is one of 1…64.
    public init(_ signal: Signal, toMainAlone isForMainAlone: Bool = false, wait: Duration) {
        precondition(SignalNumber(rawValue: signal.rawValue) != nil, "\(signal.rawValue) is the number of no signal")
        self.signal = signal
        self.isForMainAlone = isForMainAlone
        self.wait = wait
    }
}

extension PkrunPlan.StopStep {
    init(_ step: StopStep) {
        self = .signal(
            SignalNumber(rawValue: step.signal.rawValue) ?? .term,
            to: step.isForMainAlone ? .main : .tree,
            wait: step.wait
        )
    }
}
