internal import PkrunContainment
internal import PkrunSystem

/// What one run has in the hierarchies of cgroups.
package struct RunDirectories {
    private let name: String

    /// Those of the run that a process belongs to.
    package init(of processID: Int32) throws {
        try self.init(places: Self.places(of: processID))
    }

    /// - Parameter places: paths of which one leads to it, or below.
    package init(places: [String]) throws {
        let names = places.flatMap { $0.split(separator: "/") }
        guard let name = names.first(where: { $0.hasPrefix("pkrun-") }) else {
            throw DeadlinePassed(what: "the cgroup of a run")
        }
        self.name = String(name)
    }

    package init(of engine: Engine) throws {
        let started = try engine.start(shell: "sleep 1000")
        defer {
            try? started.tree?.kill()
            try? started.waitUntilEmpty()
            started.tree?.release()
        }
        try self.init(of: started.tree?.mainProcess ?? 0)
    }

    /// In hierarchies of version 1.
    package func legacy() -> [String] {
        Set(Self.bases().values).map { "\($0)/\(name)" }.filter { (try? FileStatus(of: $0)) != nil }
    }

    /// The cgroups with limits, in any hierarchy.
    package func slices() -> [String] {
        let runs = legacy() + (TestCgroup.own.map { ["\($0)/\(name)"] } ?? [])
        return runs.flatMap { run in
            let entries = (try? FileSystem.entries(of: run)) ?? []
            return entries.filter { $0.name.hasPrefix("slice-") }.map { "\(run)/\($0.name)" }
        }
    }

    /// The cgroups of a process, relative to the roots of their hierarchies.
    package static func places(of processID: Int32) -> [String] {
        text("/proc/\(processID)/cgroup").split(separator: "\n").map { line in
            String(line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).last ?? "")
        }
    }

    /// What is in the first of these files that there is in a cgroup of the process.
    package static func text(of files: [String], for processID: Int32) -> String {
        let mountinfo = text("/proc/self/mountinfo")
        let cgroup = text("/proc/\(processID)/cgroup")
        let directories =
            Array(CgroupLocation.legacyDirectories(mountinfo: mountinfo, cgroup: cgroup).values)
            + CgroupLocation.directories(mountinfo: mountinfo, cgroup: cgroup).map { "\($0)/.." }
        let paths = directories.flatMap { directory in files.map { "\(directory)/\($0)" } }
        return paths.lazy.map { text($0) }.first { !$0.isEmpty } ?? ""
    }

    private static func bases() -> [LimitedResource: String] {
        CgroupLocation.legacyDirectories(mountinfo: text("/proc/self/mountinfo"), cgroup: text("/proc/self/cgroup"))
    }

    private static func text(_ path: String) -> String {
        String(decoding: (try? FileSystem.contents(of: path)) ?? [], as: UTF8.self)
    }
}
