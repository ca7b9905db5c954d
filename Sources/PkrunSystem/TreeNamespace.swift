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

    static func withRaw(_ namespace: TreeNamespace?, _ body: (UnsafePointer<pkrun_namespace>?) -> Void) {
        guard let namespace else { return body(nil) }
        unsafe "\(geteuid()) \(geteuid()) 1".withCString { user in
            unsafe "\(getegid()) \(getegid()) 1".withCString { group in
                var raw = unsafe pkrun_namespace()
                if case .unprivileged = namespace { unsafe raw = pkrun_namespace(user_map: user, group_map: group) }
                unsafe withUnsafePointer(to: &raw) { unsafe body($0) }
            }
        }
    }
}
