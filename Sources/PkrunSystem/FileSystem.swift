internal import Glibc

/// The calls that take a path. Relative paths start from the working directory, or from `directory` where one is given.
package enum FileSystem {
    /// mkdirat(2)
    package static func makeDirectory(
        _ path: String,
        mode: UInt32 = 0o777,
        in directory: Descriptor = .workingDirectory
    ) throws(SystemError) {
        try checking("mkdir", path) { unsafe mkdirat(directory.number, path, mode) }
    }

    /// unlinkat(2) with AT_REMOVEDIR
    package static func removeDirectory(
        _ path: String,
        in directory: Descriptor = .workingDirectory
    ) throws(SystemError) {
        try checking("rmdir", path) { unsafe unlinkat(directory.number, path, AT_REMOVEDIR) }
    }

    /// unlinkat(2)
    package static func removeFile(
        _ path: String,
        in directory: Descriptor = .workingDirectory
    ) throws(SystemError) {
        try checking("unlink", path) { unsafe unlinkat(directory.number, path, 0) }
    }

    /// rename(2): replaces `newPath` in one step.
    package static func rename(_ path: String, to newPath: String) throws(SystemError) {
        try checking("rename", path) { unsafe Glibc.rename(path, newPath) }
    }

    /// symlink(2)
    package static func makeSymbolicLink(_ path: String, to target: String) throws(SystemError) {
        try checking("symlink", path) { unsafe symlink(target, path) }
    }

    /// readlink(2)
    package static func linkTarget(_ path: String) throws(SystemError) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = unsafe readlink(path, &buffer, Int(PATH_MAX))
        guard length >= 0 else { throw SystemError("readlink", path, errorNumber: errno) }
        return String(decoding: buffer[..<length].lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// chown(2)
    package static func changeOwner(_ path: String, userID: UInt32, groupID: UInt32) throws(SystemError) {
        try checking("chown", path) { unsafe chown(path, userID, groupID) }
    }

    /// access(2) with X_OK, as the real user.
    package static func isExecutable(_ path: String) -> Bool {
        unsafe access(path, X_OK) == 0
    }

    /// realpath(3)
    package static func canonicalPath(_ path: String) throws(SystemError) -> String {
        guard let resolved = unsafe realpath(path, nil) else {
            throw SystemError("realpath", path, errorNumber: errno)
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// getcwd(3)
    package static func workingDirectory() throws(SystemError) -> String {
        guard let path = unsafe getcwd(nil, 0) else { throw SystemError("getcwd", errorNumber: errno) }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// The whole content of a file.
    ///
    /// - Parameter limit: the bytes behind which it stops, some more perhaps.
    package static func contents(
        of path: String,
        in directory: Descriptor = .workingDirectory,
        upTo limit: Int = .max
    ) throws(SystemError) -> [UInt8] {
        let file = try OwnedDescriptor.open(path, .readOnly, in: directory)
        do {
            return try file.borrowed.readAll(upTo: limit)
        } catch {
            throw SystemError(error.call, path, errorNumber: error.errorNumber)
        }
    }

    static func checking(_ call: String, _ subject: String, _ body: () -> Int32) throws(SystemError) {
        while body() != 0 {
            guard errno == EINTR else { throw SystemError(call, subject, errorNumber: errno) }
        }
    }
}
