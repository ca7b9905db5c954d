package import PkrunEvents
package import PkrunPlan

/// What the teardown of one tree is told.
package enum TeardownInput: Equatable, Sendable {
    /// The main process has been reaped.
    case mainExited(treeIsEmpty: Bool)
    /// No process of the tree is alive.
    case emptied
    /// Begin the stop ladder.
    case stop
    /// Skip what is left of the ladder.
    case kill
    /// The armed timer has run out.
    case timer
}

/// What the teardown of one tree wants done, in this order.
package enum TeardownAction: Equatable, Sendable {
    case signal(SignalNumber, to: SignalTarget)
    /// Run a command of the ladder beside the tree.
    case runCommand([String])
    /// Kill every process of the tree, atomically.
    case killTree
    /// Name what is alive although the main process has ended.
    case listLeftBehind
    /// One timer per tree: arming replaces what was armed.
    case arm(Duration)
    case disarm
    /// The tree is empty: take what is left in its pipes, then let it go.
    case drain(TreeEnd)
}
