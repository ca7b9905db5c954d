/// Where this process's own cgroup may be found in the file system, read off two files of proc(5).
package enum CgroupLocation {
    /// A mount of the cgroup2 file system: `root` is the cgroup that is seen at `mountPoint`.
    package struct Mount: Equatable {
        package var root: String
        package var mountPoint: String

        package init(root: String, mountPoint: String) {
            self.root = root
            self.mountPoint = mountPoint
        }
    }

    /// The directories that may be this process's cgroup, best first.
    package static func directories(mountinfo: String, cgroup: String) -> [String] {
        guard let own = ownPath(cgroup) else { return [] }
        // A later mount may hide an earlier one.
        return mounts(mountinfo).reversed().compactMap { directory(of: own, in: $0) }
    }

    /// /proc/self/cgroup, cgroups(7): version 2 is the hierarchy with number 0 and no controllers. The path is relative
    /// to the root of this process's cgroup namespace.
    package static func ownPath(_ text: String) -> String? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("0::") }
        guard let path = line?.dropFirst("0::".count), !path.hasSuffix(" (deleted)") else { return nil }
        return String(path)
    }

    /// /proc/self/mountinfo, proc_pid_mountinfo(5): the root is field 4, the mount point field 5, the type comes after
    /// a lone hyphen.
    package static func mounts(_ text: String) -> [Mount] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard let hyphen = fields.firstIndex(of: "-"), hyphen > 4, hyphen + 1 < fields.count,
                fields[hyphen + 1] == "cgroup2"
            else { return nil }
            return Mount(root: unescaped(fields[3]), mountPoint: unescaped(fields[4]))
        }
    }

    /// Where a cgroup is seen through a mount, if it is at or below the mount's root.
    package static func directory(of path: String, in mount: Mount) -> String? {
        let wanted = path.split(separator: "/")
        let root = mount.root.split(separator: "/")
        guard !wanted.contains(".."), !root.contains(".."), wanted.starts(with: root) else { return nil }
        let below = wanted.dropFirst(root.count).map { "/\($0)" }.joined()
        return mount.mountPoint == "/" ? below : mount.mountPoint + below
    }

    /// A space, tab, newline or backslash is written as a backslash and three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Substring(field).utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let value = UInt8(String(rest.prefix(3)) ?? "", radix: 8) {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
