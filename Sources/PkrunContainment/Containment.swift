package import PkrunSystem

/// A mechanism in force: it starts processes inside trees of their own and answers for every descendant.
///
/// Everything happens on the thread that runs the reactor. No caller ever asks which mechanism it is.
package protocol Containment: TreeHost {
    var mechanism: Mechanism { get }

    /// What is in the way of keeping such a limit; `nil` where it can be kept.
    func obstacle(to resource: LimitedResource) -> LimitUnavailable?

    /// Makes a slice for trees that are to be within these limits, all of them together.
    func makeSlice(_ limits: SliceLimits) throws(LimitUnavailable) -> any ResourceSlice

    /// Ends whatever is left, lets the guardian go and removes what the mechanism made. Returns when it is done.
    /// - Returns: how many processes could not be ended; 0 unless the kernel refused.
    func close() -> Int
}

/// Only cgroups limit what many processes use together.
extension Containment {
    package func obstacle(to resource: LimitedResource) -> LimitUnavailable? { refusal(of: resource) }

    package func makeSlice(_ limits: SliceLimits) throws(LimitUnavailable) -> any ResourceSlice {
        throw refusal(of: limits.resources.first ?? .memory)
    }

    private func refusal(of resource: LimitedResource) -> LimitUnavailable {
        LimitUnavailable(
            resource,
            "the mechanism '\(mechanism.rawValue)' keeps no limits",
            errorNumber: ErrorNumber.notSupported,
            remedy: "cgroups do: run as root, or in a delegated one: "
                + "systemd-run --user --scope -p Delegate=yes pkrun ..."
        )
    }
}

package enum TreeEvent: Equatable, Sendable {
    case mainExited(ProcessStatus, ResourceUsage, treeIsEmpty: Bool)
    /// No process of the tree is alive.
    case emptied
    /// These processes have moved themselves out of what contains the tree. They are members all the same.
    case escaped([MemberProcess])
}

/// One contained tree, from the start of its main process until it is let go.
package protocol ProcessTree: AnyObject {
    var mainProcess: Int32 { get }

    /// Sends a signal to the main process, or to every member, including those that are born meanwhile.
    /// An empty tree is no error.
    func signal(_ number: Int32, to target: TreeTarget) throws(SystemError)

    /// Stops every process of the tree, until `resume`. A signal that is sent to it meanwhile waits, unless it ends the
    /// process: such a one may act at once. Any number of calls is undone by one `resume`.
    func suspend() throws(SystemError)

    /// Lets the tree go on. One that is not suspended is no error.
    func resume() throws(SystemError)

    /// Begins the end of every process of the tree; `emptied` follows.
    func kill() throws(SystemError)

    /// Every live member, the main process first where it lives.
    func members() -> [MemberProcess]

    /// What the tree has used so far; complete once it is empty. Of storage, what those have used who were waited for.
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
    /// The short name, at most 15 bytes.
    package var name: String
    /// The command line with spaces between its words, or the short name where it cannot be read.
    package var command: String
    /// When it began, as the time since the machine was started; in hundredths of a second. Together with the number
    /// this is one process and no other.
    package var startTime: Duration
    /// What it has in memory now, in bytes.
    package var residentMemory: UInt64
}
