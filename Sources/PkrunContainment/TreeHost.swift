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

    /// Makes a tree of a process that was started elsewhere, with all that descends from it.
    ///
    /// It stays its parent's to reap, so that the observer hears of `emptied` alone.
    /// - Returns: `nil` where it has ended already and waits to be reaped.
    /// - Throws: ECHILD where a child is none, ESRCH where a stranger is gone, EINVAL where this process descends from it,
    ///   EBUSY where it is in a tree already.
    func adopt(
        _ adoptee: Adoptee,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> (any ProcessTree)?
}
