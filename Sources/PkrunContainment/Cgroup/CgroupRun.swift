internal import PkrunSystem

/// The cgroup that holds all trees of one run: a directory with a random name and an owner's lock.
///
/// The lock, flock(2), is shared with the guardian. A directory whose lock can be had belongs to nobody any more.
final class CgroupRun {
    /// The directory of the cgroup that this process itself lives in.
    let base: OwnedDescriptor
    let cgroup: Cgroup

    /// What the run has in each hierarchy of version 1, by absolute path, if it has anything there. It bears the same
    /// name, and belongs to whoever has the lock.
    let legacyDirectories: [LimitedResource: String]

    private static let prefix = "pkrun-"

    /// - Parameter legacyBases: the cgroup that this process lives in, in the hierarchies of version 1.
    init(in baseDirectory: String, legacyBases: [LimitedResource: String]) throws(SystemError) {
        base = try OwnedDescriptor.open(baseDirectory, [.readOnly, .directory])
        Self.sweepLeftovers(in: base.borrowed, legacyBases: Set(legacyBases.values))
        Cgroup.cacheMembers(of: base.borrowed)
        let cgroup = try Self.makeLocked(in: base.borrowed)
        self.cgroup = cgroup
        legacyDirectories = legacyBases.mapValues { "\($0)/\(cgroup.name)" }
    }

    private static func makeLocked(in base: Descriptor) throws(SystemError) -> Cgroup {
        while true {
            let cgroup: Cgroup
            let name = freshName
            try FileSystem.makeDirectory(name, mode: 0o755, in: base)
            do {
                cgroup = try Cgroup(opening: name, in: base)
                if try cgroup.directory.borrowed.tryLock(), isStillThere(cgroup, in: base) { return cgroup }
            } catch  where error.errorNumber == ErrorNumber.noEntry {
                continue
            }
            // A sweeper took it for a leftover before it was locked, and removes it.
        }
    }

    /// Moves a process to where this one lives.
    func giveBack(_ processID: Int32) throws(SystemError) {
        try OwnedDescriptor.open("cgroup.procs", .writeOnly, in: base.borrowed).borrowed.writeAll("\(processID)")
    }

    /// Ends and removes what runs have left behind that died together with their guardian.
    static func sweepLeftovers(in base: Descriptor, legacyBases: Set<String>) {
        for entry in (try? FileSystem.entries(of: ".", in: base)) ?? [] where isRunName(entry.name) {
            guard let cgroup = try? Cgroup(opening: entry.name, in: base),
                (try? cgroup.directory.borrowed.tryLock()) == true, isStillThere(cgroup, in: base)
            else { continue }
            cgroup.endAndRemove()
            try? FileSystem.removeDirectory(CgroupHome.name(ofRun: cgroup.name), in: base)
            for legacyBase in legacyBases { try? Cgroup.removeAll("\(legacyBase)/\(cgroup.name)") }
        }
    }

    private static func isStillThere(_ cgroup: Cgroup, in base: Descriptor) -> Bool {
        guard let now = try? FileStatus(of: cgroup.name, in: base),
            let then = try? FileStatus(of: cgroup.directory.borrowed)
        else { return false }
        return now.inode == then.inode
    }

    private static var freshName: String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return prefix + String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func isRunName(_ name: String) -> Bool {
        let digits = name.dropFirst(prefix.count)
        return name.hasPrefix(prefix) && digits.count == 16 && digits.allSatisfy(\.isHexDigit)
    }
}
