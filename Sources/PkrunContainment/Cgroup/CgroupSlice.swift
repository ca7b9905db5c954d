internal import PkrunSystem

/// Trees with common limits: in a cgroup of their own in every hierarchy that has to do with these.
final class CgroupSlice: ResourceSlice {
    private let limits: SliceLimits
    private let containment: CgroupContainment
    private let directories: [LimitedResource: SliceDirectory]
    /// The cgroups of its trees, where limits of version 2 hold for them; else they are among all others.
    let pool: CgroupPool?

    init(
        _ limits: SliceLimits,
        _ directories: [LimitedResource: SliceDirectory],
        pool: CgroupPool?,
        containment: CgroupContainment
    ) {
        self.limits = limits
        self.directories = directories
        self.pool = pool
        self.containment = containment
    }

    /// Where its processes write themselves to before they execute their program.
    var taskFiles: [Int32] { distinct.compactMap(\.taskFile) }

    func spawn(
        _ request: SpawnRequest,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> any ProcessTree {
        try containment.spawn(request, in: self, observer: observer)
    }

    func adopt(
        _ adoptee: Adoptee,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> (any ProcessTree)? {
        try containment.adopt(adoptee, in: self, observer: observer)
    }

    /// Takes in what lives in the cgroup of a tree. What that makes meanwhile is born here.
    func take(everythingIn cgroup: Cgroup) throws(SystemError) {
        var met: Set<Int32> = []
        while true {
            let fresh = cgroup.processes().filter { met.insert($0).inserted }
            guard !fresh.isEmpty else { return }
            for directory in distinct where directory.version == .legacy {
                for processID in fresh {
                    do {
                        try directory.take(processID)
                    } catch  where error.errorNumber == ErrorNumber.noProcess {
                        continue
                    }
                }
            }
        }
    }

    func report() -> SliceReport {
        SliceReport(
            peakMemory: directories[.memory].flatMap(Self.peakMemory),
            memoryKills: directories[.memory].map(memoryKills) ?? 0,
            refusedProcesses: directories[.pids].map { Int($0.number(in: "pids.events", after: "max") ?? 0) } ?? 0
        )
    }

    func release() { containment.retire(self) }

    /// - Returns: whether there is no point in another attempt.
    func removeUnlessBusy() -> Bool { distinct.allSatisfy { $0.removeUnlessBusy() } }

    /// Controllers may share a hierarchy.
    private var distinct: [SliceDirectory] {
        var met: Set<ObjectIdentifier> = []
        return directories.values.filter { met.insert(ObjectIdentifier($0)).inserted }
    }

    private static func peakMemory(_ directory: SliceDirectory) -> UInt64? {
        directory.number(in: directory.version == .legacy ? "memory.max_usage_in_bytes" : "memory.peak")
    }

    /// A process may also be killed because somebody else's memory is used up, that of a cgroup around or the
    /// machine's: then this limit was not reached.
    private func memoryKills(_ directory: SliceDirectory) -> Int {
        let file = directory.version == .legacy ? "memory.oom_control" : "memory.events"
        guard let kills = directory.number(in: file, after: "oom_kill"), kills > 0 else { return 0 }
        return wasReached(directory) ? Int(kills) : 0
    }

    private func wasReached(_ directory: SliceDirectory) -> Bool {
        switch directory.version {
        case .unified:
            return (directory.number(in: "memory.events", after: "oom") ?? 0) > 0
        case .legacy:
            // Not every kernel counts in `memory.failcnt`. What did not fit may have been more than one page.
            let peaks = ["memory.memsw.max_usage_in_bytes", "memory.max_usage_in_bytes"]
            let peak = peaks.compactMap { directory.number(in: $0) }.max() ?? 0
            return peak + (1 << 20) >= limits.memory ?? 0
        }
    }
}
