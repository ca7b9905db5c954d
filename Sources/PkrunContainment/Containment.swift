package import PkrunSystem

/// A mechanism in force: it starts processes inside trees of their own and answers for every descendant.
///
/// Everything happens on the thread that runs the reactor. No caller ever asks which mechanism it is.
package protocol Containment: AnyObject {
    var mechanism: Mechanism { get }

    /// Starts a process as the first of a new tree.
    ///
    /// - Parameter observer: called by the reactor: once with `mainExited`, and once with `emptied` when that
    ///   did not already say that the tree is empty. Never called before `spawn` has returned.
    func spawn(
        _ request: SpawnRequest,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> any ProcessTree

    /// Ends whatever is left, lets the guardian go and removes what the mechanism made. Returns when it is done.
    /// - Returns: how many processes could not be ended; 0 unless the kernel refused.
    func close() -> Int
}

package enum TreeEvent: Equatable, Sendable {
    case mainExited(ProcessStatus, ResourceUsage, treeIsEmpty: Bool)
    /// No process of the tree is alive.
    case emptied
}

/// One contained tree, from the start of its main process until it is let go.
package protocol ProcessTree: AnyObject {
    var mainProcess: Int32 { get }

    /// Sends a signal to the main process, or to every member, including those that are born meanwhile.
    /// An empty tree is no error.
    func signal(_ number: Int32, to target: TreeTarget) throws(SystemError)

    /// Begins the end of every process of the tree; `emptied` follows.
    func kill() throws(SystemError)

    /// Every live member, the main process first where it lives.
    func members() -> [MemberProcess]

    /// What the tree has used so far; complete once it is empty.
    func usage() -> ResourceUsage

    /// Lets go of an empty tree. The last call.
    func release()
}

package enum TreeTarget: Sendable {
    case main, tree
}

package struct MemberProcess: Equatable, Sendable {
    package var processID: Int32
    package var parentID: Int32
    /// The command line with spaces between its words, or the short name where it cannot be read.
    package var command: String

    package init(processID: Int32, parentID: Int32, command: String) {
        self.processID = processID
        self.parentID = parentID
        self.command = command
    }
}
