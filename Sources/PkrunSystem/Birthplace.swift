/// The cgroup that a new process lives in.
package enum Birthplace: Sendable {
    /// That of this process.
    case here
    /// Born in the cgroup whose directory this is; CLONE_INTO_CGROUP, clone(2).
    case cgroup(Descriptor)
    /// Born here, and moved before it executes its program by a write to this `cgroup.procs`.
    case joining(Descriptor)
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
}
