internal import CPkrunLinux
internal import Glibc

/// RLIMIT_NOFILE, setrlimit(2): how many descriptors a process may have.
package struct OpenFilesLimit: Sendable {
    let limit: ResourceLimit

    /// Raises this process's limit as far as it may.
    /// - Returns: the limit as it was, for children: a program that calls select(2) breaks above 1024.
    package static func raise() -> OpenFilesLimit? {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        let original = ResourceLimit(.nofile, soft: UInt64(limit.rlim_cur), hard: UInt64(limit.rlim_max))
        limit.rlim_cur = limit.rlim_max
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return OpenFilesLimit(limit: original)
    }
}
