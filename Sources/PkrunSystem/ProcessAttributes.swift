/// What a new process has from the kernel beside its streams and its identity. What is not named here it has as this
/// process has it.
package struct ProcessAttributes: Equatable, Sendable {
    /// The permissions that new files do not get, 0 to 0o777; umask(2).
    package var fileModeMask: UInt32?
    /// From -20, the most favoured, to 19; setpriority(2).
    package var niceness: Int32?
    package var ioPriority: IOPriority?
    /// The processors that it may run on, by number; empty is all that this process may. sched_setaffinity(2)
    package var processors: [Int]
    package var limits: [ResourceLimit]

    package init(
        fileModeMask: UInt32? = nil,
        niceness: Int32? = nil,
        ioPriority: IOPriority? = nil,
        processors: [Int] = [],
        limits: [ResourceLimit] = []
    ) {
        self.fileModeMask = fileModeMask
        self.niceness = niceness
        self.ioPriority = ioPriority
        self.processors = processors
        self.limits = limits
    }
}
