internal import CPkrunLinux
internal import Glibc

/// The flags of open(2). `O_CLOEXEC` is always added.
package struct OpenFlags: OptionSet, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let readOnly = OpenFlags(rawValue: O_RDONLY)
    package static let writeOnly = OpenFlags(rawValue: O_WRONLY)
    package static let readWrite = OpenFlags(rawValue: O_RDWR)
    package static let create = OpenFlags(rawValue: O_CREAT)
    package static let exclusive = OpenFlags(rawValue: O_EXCL)
    package static let truncate = OpenFlags(rawValue: O_TRUNC)
    package static let append = OpenFlags(rawValue: O_APPEND)
    package static let nonblocking = OpenFlags(rawValue: O_NONBLOCK)
    package static let directory = OpenFlags(rawValue: O_DIRECTORY)
    package static let noControllingTerminal = OpenFlags(rawValue: O_NOCTTY)
}

extension OwnedDescriptor {
    /// openat(2)
    ///
    /// - Parameters:
    ///   - directory: what a relative path starts from; the working directory where there is none.
    ///   - mode: permissions of a file that is made, before the umask.
    package static func open(
        _ path: String,
        _ flags: OpenFlags,
        mode: UInt32 = 0o666,
        in directory: Descriptor = .workingDirectory
    ) throws(SystemError) -> OwnedDescriptor {
        while true {
            let number = unsafe openat(directory.number, path, flags.rawValue | O_CLOEXEC, mode)
            if number >= 0 { return OwnedDescriptor(taking: number) }
            guard errno == EINTR else { throw SystemError("open", path, errorNumber: errno) }
        }
    }
}

extension Descriptor {
    /// AT_FDCWD
    package static var workingDirectory: Descriptor { Descriptor(AT_FDCWD) }
}

/// Both ends of a pipe(7), closed on execve(2).
package struct Pipe: ~Copyable {
    package var readEnd: OwnedDescriptor
    package var writeEnd: OwnedDescriptor

    /// pipe2(2)
    package init() throws(SystemError) {
        var numbers: [Int32] = [-1, -1]
        guard unsafe pkrun_pipe(&numbers) == 0 else { throw SystemError("pipe2", errorNumber: errno) }
        readEnd = OwnedDescriptor(taking: numbers[0])
        writeEnd = OwnedDescriptor(taking: numbers[1])
    }

    /// Takes the pipe apart: hands over the reading end and the writing end.
    package consuming func split<Result: ~Copyable, Failure: Error>(
        _ body: (consuming OwnedDescriptor, consuming OwnedDescriptor) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(readEnd, writeEnd)
    }
}
