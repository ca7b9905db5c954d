internal import Glibc

/// What stat(2) knows of a file.
package struct FileStatus: Equatable, Sendable {
    package enum Kind: Sendable {
        case regular, directory, symbolicLink, other
    }

    package var kind: Kind
    /// In bytes.
    package var size: Int
    /// Of the content, since 1970.
    package var modificationTime: Duration
    /// Together with `inode` the file's identity.
    package var device: UInt64
    package var inode: UInt64
    /// Names of the file; of a directory, two more than directories in it.
    package var linkCount: Int
    package var ownerID: UInt32
    /// The permission bits alone.
    package var permissions: UInt32

    private init(_ raw: stat) {
        switch raw.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .symbolicLink
        default: kind = .other
        }
        size = Int(raw.st_size)
        modificationTime = .seconds(raw.st_mtim.tv_sec) + .nanoseconds(raw.st_mtim.tv_nsec)
        device = UInt64(raw.st_dev)
        inode = UInt64(raw.st_ino)
        linkCount = Int(raw.st_nlink)
        ownerID = raw.st_uid
        permissions = raw.st_mode & 0o7777
    }
}

extension FileStatus {
    /// fstatat(2)
    /// - Parameter followingLinks: whether a symbolic link stands for the file that it names.
    package init(
        of path: String,
        followingLinks: Bool = true,
        in directory: Descriptor = .workingDirectory
    ) throws(SystemError) {
        var raw = stat()
        try FileSystem.checking("stat", path) {
            unsafe fstatat(directory.number, path, &raw, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW)
        }
        self.init(raw)
    }

    /// fstat(2)
    package init(of descriptor: Descriptor) throws(SystemError) {
        var raw = stat()
        try descriptor.checking("fstat") { unsafe fstat(descriptor.number, &raw) }
        self.init(raw)
    }
}
