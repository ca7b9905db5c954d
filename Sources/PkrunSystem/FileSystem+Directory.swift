internal import CPkrunLinux
internal import Glibc

/// One name in a directory.
package struct DirectoryEntry: Equatable, Sendable {
    package var name: String
    package var isDirectory: Bool
}

extension FileSystem {
    /// The entries of a directory but `.` and `..`, in the kernel's order; getdents64(2).
    package static func entries(
        of path: String,
        in directory: Descriptor = .workingDirectory
    ) throws(SystemError) -> [DirectoryEntry] {
        let handle = try OwnedDescriptor.open(path, [.readOnly, .directory], in: directory)
        var entries: [DirectoryEntry] = []
        var buffer = [UInt8](repeating: 0, count: 32768)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe pkrun_getdents64(handle.number, $0.baseAddress, $0.count)
            }
            guard count >= 0 else { throw SystemError("getdents64", path, errorNumber: errno) }
            guard count > 0 else { return entries }
            append(buffer[..<count], to: &entries)
        }
    }

    /// Removes a directory with all that is in it. Symbolic links go, what they name stays.
    package static func removeTree(_ path: String) throws(SystemError) {
        for entry in try entries(of: path) {
            let below = "\(path)/\(entry.name)"
            if entry.isDirectory { try removeTree(below) } else { try removeFile(below) }
        }
        try removeDirectory(path)
    }

    /// `struct linux_dirent64`: inode and offset of 8 bytes each, length of 2, kind of 1, the name up to a NUL.
    private static func append(_ records: ArraySlice<UInt8>, to entries: inout [DirectoryEntry]) {
        var start = records.startIndex
        while start + 19 < records.endIndex {
            let length = Int(records[start + 16]) | Int(records[start + 17]) << 8
            let record = records[start..<min(start + length, records.endIndex)]
            let name = String(decoding: record.dropFirst(19).prefix { $0 != 0 }, as: UTF8.self)
            if name != "." && name != ".." {
                entries.append(DirectoryEntry(name: name, isDirectory: record[start + 18] == UInt8(DT_DIR)))
            }
            start += length
        }
    }
}
