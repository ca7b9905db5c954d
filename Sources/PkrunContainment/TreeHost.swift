package import PkrunSystem

/// Where trees are started.
package protocol TreeHost: AnyObject {
    /// Starts a process as the first of a new tree.
    ///
    /// - Parameter observer: called by the reactor: once with `mainExited`, and once with `emptied` when that
    ///   did not already say that the tree is empty; with `escaped` at any time before. Never called before `spawn` has
    ///   returned.
    func spawn(
        _ request: SpawnRequest,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> any ProcessTree

    /// Makes a tree of a child of this process that was started elsewhere, with all that descends from it.
    ///
    /// The child stays its starter's to reap, so that the observer hears of `emptied` alone.
    /// - Returns: `nil` where the child has ended already and waits to be reaped.
    /// - Throws: ECHILD where the number is that of no child of this process.
    func adopt(
        _ processID: Int32,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> (any ProcessTree)?
}
