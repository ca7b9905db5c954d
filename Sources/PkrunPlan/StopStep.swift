/// One step of a stop ladder: ask in some way, then wait for the tree to be empty.
package enum StopStep: Equatable, Sendable {
    case signal(SignalNumber, to: SignalTarget, wait: Duration)
    /// A command that asks the job to end; it runs in the job's directory and environment.
    case command([String], wait: Duration)

    /// How long the tree has to become empty before the next step.
    package var wait: Duration {
        switch self {
        case .signal(_, to: _, let wait), .command(_, let wait): wait
        }
    }
}

package enum SignalTarget: String, CaseIterable, Sendable {
    /// Every process of the tree.
    case tree
    /// The process that was started, alone.
    case main
}
