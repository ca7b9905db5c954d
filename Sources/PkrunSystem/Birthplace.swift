/// Where a new process is born: in which cgroup, and below whom.
package enum Birthplace: Sendable {
    /// As a child of this process, and in its cgroup.
    case here
    /// Born in the cgroup whose directory this is; CLONE_INTO_CGROUP, clone(2).
    case cgroup(Descriptor)
    /// Born here, and moved before it executes its program by a write to this `cgroup.procs`.
    case joining(Descriptor)
    /// Below a guardian, to whose owner it makes itself known through this socket.
    case guarded(socket: Int32)
}

extension Birthplace {
    /// -1 where there is none, as CPkrunLinux.h has it.
    var birthDirectory: Int32 {
        guard case .cgroup(let directory) = self else { return -1 }
        return directory.number
    }

    /// -1 where there is none, as CPkrunLinux.h has it.
    var joinFile: Int32 {
        guard case .joining(let file) = self else { return -1 }
        return file.number
    }

    /// -1 where there is none, as CPkrunLinux.h has it.
    var birthSocket: Int32 {
        guard case .guarded(let socket) = self else { return -1 }
        return socket
    }
}
