/// What a slice may limit, by the name of the kernel's controller; cgroups(7).
package enum LimitedResource: String, CaseIterable, Sendable {
    case memory
    /// Processes and threads.
    case pids
    case cpu
}
