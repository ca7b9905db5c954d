/// Where this process's own cgroup may be found in the file system, read off two files of proc(5).
package enum CgroupLocation {
    /// A mount of a cgroup file system: `root` is the cgroup that is seen at `mountPoint`.
    package struct Mount: Equatable {
        package var root: String
        package var mountPoint: String
        /// The controllers of a hierarchy of version 1, and options; `nil` for version 2.
        package var legacyOptions: [String]?
    }

    /// The directories that may be this process's cgroup, best first.
    package static func directories(mountinfo: String, cgroup: String) -> [String] {
        guard let own = ownPath(cgroup) else { return [] }
        // A later mount may hide an earlier one.
        return mounts(mountinfo).reversed().filter { $0.legacyOptions == nil }.compactMap { directory(of: own, in: $0) }
    }

    /// The directory of this process's cgroup in the version 1 hierarchy of a controller, where that is mounted.
    package static func legacyDirectories(mountinfo: String, cgroup: String) -> [LimitedResource: String] {
        let mounts = mounts(mountinfo).reversed()
        var directories: [LimitedResource: String] = [:]
        for resource in LimitedResource.allCases {
            guard let own = ownPath(cgroup, of: resource.rawValue) else { continue }
            let matching = mounts.filter { $0.legacyOptions?.contains(resource.rawValue) ?? false }
            directories[resource] = matching.lazy.compactMap { directory(of: own, in: $0) }.first
        }
        return directories
    }

    /// /proc/self/cgroup, cgroups(7): version 2 is the hierarchy with number 0 and no controllers. The path is relative
    /// to the root of this process's cgroup namespace.
    package static func ownPath(_ text: String) -> String? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("0::") }
        guard let path = line?.dropFirst("0::".count), !path.hasSuffix(" (deleted)") else { return nil }
        return String(path)
    }

    /// As above, in the version 1 hierarchy of a controller: `number:controller,controller:path`.
    private static func ownPath(_ text: String, of controller: String) -> String? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3, fields[1].split(separator: ",").contains(Substring(controller)),
                !fields[2].hasSuffix(" (deleted)")
            else { continue }
            return String(fields[2])
        }
        return nil
    }

    /// /proc/self/mountinfo, proc_pid_mountinfo(5): the root is field 4, the mount point field 5; after a lone hyphen
    /// come the type, the source and the options of the file system.
    package static func mounts(_ text: String) -> [Mount] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard let hyphen = fields.firstIndex(of: "-"), hyphen > 4, hyphen + 1 < fields.count else { return nil }
            let type = fields[hyphen + 1]
            guard type == "cgroup2" || type == "cgroup" else { return nil }
            let options = fields.dropFirst(hyphen + 3).first?.split(separator: ",").map(String.init)
            return Mount(
                root: unescaped(fields[3]),
                mountPoint: unescaped(fields[4]),
                legacyOptions: type == "cgroup" ? options ?? [] : nil
            )
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
