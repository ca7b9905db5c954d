internal import PkrunContainment
package import PkrunSystem

/// A cgroup beside those of the runs, for what tests want to put into one themselves.
package final class TestCgroup {
    package let path: String
    private let directory: OwnedDescriptor

    /// The cgroup of this process, where it is to be seen: the one that runs are in, also while one of them with limits
    /// has moved this process out of the way.
    package static var own: String? {
        let texts = ["/proc/self/mountinfo", "/proc/self/cgroup"].map {
            String(decoding: (try? FileSystem.contents(of: $0)) ?? [], as: UTF8.self)
        }
        let path = CgroupLocation.directories(mountinfo: texts[0], cgroup: texts[1]).first
        guard let path, let slash = path.lastIndex(of: "/"), path.hasSuffix(CgroupHome.name(ofRun: "")) else {
            return path
        }
        return String(path[..<slash])
    }

    /// Whether it is the root, which may have processes and hand controllers down; the root alone has no type.
    package static var ownIsRoot: Bool { own.map { (try? FileStatus(of: "\($0)/cgroup.type")) == nil } ?? false }

    /// Whether a cgroup can be made here that has the controllers of every limit, as a delegated one has.
    package static let canBeDelegated: Bool = {
        guard let own, ownIsRoot else { return false }
        let controllers = String(
            decoding: (try? FileSystem.contents(of: "\(own)/cgroup.controllers")) ?? [],
            as: UTF8.self
        )
        return Set(LimitedResource.allCases.map(\.rawValue))
            .isSubset(of: controllers.split { $0.isWhitespace }.map(String.init))
    }()

    package static let cannotBeDelegated = "the controllers of limits are not in cgroup v2, or this is not its root"

    /// - Parameter limits: whether it is to have the controllers of every limit. The root goes on handing them down.
    package init(limits: Bool = false) throws {
        guard let own = Self.own else { throw DeadlinePassed(what: "a cgroup2 file system") }
        if limits {
            let file = try OwnedDescriptor.open("\(own)/cgroup.subtree_control", .writeOnly)
            for resource in LimitedResource.allCases { try file.borrowed.writeAll("+\(resource.rawValue)") }
        }
        path = "\(own)/test-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        try FileSystem.makeDirectory(path)
        directory = try OwnedDescriptor.open(path, [.readOnly, .directory])
    }

    deinit {
        try? write("1", to: "cgroup.kill")
        let deadline = MonotonicClock.now + .seconds(30)
        while (try? FileSystem.removeDirectory(path)) == nil, MonotonicClock.now < deadline {}
    }

    package func write(_ text: String, to file: String) throws {
        let file = try OwnedDescriptor.open(file, .writeOnly, in: directory.borrowed)
        try file.borrowed.writeAll(text)
    }

    package func read(_ file: String) throws -> String {
        String(decoding: try FileSystem.contents(of: file, in: directory.borrowed), as: UTF8.self)
    }

    /// Where a process writes itself to, to become a member.
    package func processFile() throws -> OwnedDescriptor {
        try OwnedDescriptor.open("cgroup.procs", .writeOnly, in: directory.borrowed)
    }

    package func contains(_ entry: String) -> Bool {
        (try? FileStatus(of: entry, in: directory.borrowed)) != nil
    }

    /// The cgroups in it.
    package func directories() -> [String] {
        Self.directories(in: path)
    }

    /// The cgroups of runs, beside this process's own, that neither an owner nor a guardian answers for.
    package static func leftovers() -> [String] {
        guard let own else { return [] }
        return directories(in: own).filter { name in
            guard name.hasPrefix("pkrun-"),
                let directory = try? OwnedDescriptor.open("\(own)/\(name)", [.readOnly, .directory])
            else { return false }
            return (try? directory.borrowed.tryLock()) == true
        }
    }

    private static func directories(in path: String) -> [String] {
        ((try? FileSystem.entries(of: path)) ?? []).filter(\.isDirectory).map(\.name)
    }
}
