package import PkrunEvents
package import PkrunPlan

/// What the teardown of one tree is told.
package enum TeardownInput: Equatable, Sendable {
    /// The main process has been reaped. Told once.
    case mainExited(treeIsEmpty: Bool)
    /// No process of the tree is alive. May come before the main process is reaped.
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
    /// A step of the ladder begins: send its signal, or run its command beside the tree. The command is the driver's to
    /// end when the tree is gone.
    case ask(StopStep)
    /// Kill every process of the tree, atomically. Repeated while processes remain.
    case killTree
    /// Name what is alive although the main process has ended.
    case listLeftBehind
    /// One timer per tree: arming replaces what was armed.
    case arm(Duration)
    case disarm
    /// The end, and the last action: take what is left in the pipes, then let the tree go. It is empty, unless the end
    /// is `abandoned`: then its members are the survivors, and the pipes may never reach their end.
    case drain(TreeEnd)
}
