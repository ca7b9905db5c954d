internal import Glibc

extension OwnedDescriptor {
    /// A descriptor for standard output whose writes never block where that can be had.
    ///
    /// A terminal or a pipe is opened anew, so that `O_NONBLOCK` is ours alone and not that of everybody who shares the
    /// open file. Anything else, and what may not be opened anew, is duplicated as it is: regular files never block,
    /// and their offset has to stay shared.
    package static func nonblockingStandardOutput() throws(SystemError) -> OwnedDescriptor {
        var status = stat()
        if unsafe fstat(STDOUT_FILENO, &status) == 0, [S_IFCHR, S_IFIFO].contains(status.st_mode & S_IFMT),
            let own = try? open("/proc/self/fd/1", [.writeOnly, .nonblocking, .noControllingTerminal])
        {
            return own
        }
        return try Descriptor.standardOutput.duplicate()
    }
}

extension Descriptor {
    /// Takes everything and keeps nothing; null(4).
    package var isNullDevice: Bool {
        var own = stat()
        var null = stat()
        guard unsafe fstat(number, &own) == 0, unsafe stat("/dev/null", &null) == 0 else { return false }
        return own.st_mode & S_IFMT == S_IFCHR && own.st_rdev == null.st_rdev
    }
}
