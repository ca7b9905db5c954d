internal import CPkrunLinux
internal import Glibc

/// A PID namespace of a tree's own, with a mount namespace for its /proc; pid_namespaces(7).
package enum TreeNamespace: Sendable {
    /// As root has it: everything else is as outside.
    case privileged
    /// In a user namespace, user_namespaces(7), in which there are this process's own user and group and no others.
    case unprivileged

    /// What this process may have.
    package static var own: TreeNamespace { geteuid() == 0 ? .privileged : .unprivileged }

    func raw(in memory: CMemory) -> UnsafeMutablePointer<pkrun_namespace> {
        switch self {
        case .privileged:
            unsafe memory.copy(pkrun_namespace())
        case .unprivileged:
            unsafe memory.copy(
                pkrun_namespace(
                    user_map: memory.copy("\(geteuid()) \(geteuid()) 1"),
                    group_map: memory.copy("\(getegid()) \(getegid()) 1")
                )
            )
        }
    }
}
