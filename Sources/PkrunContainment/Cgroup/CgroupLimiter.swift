internal import PkrunSystem

/// Where the limits of a run are kept. Nothing is made before one is asked for.
final class CgroupLimiter {
    private let run: CgroupRun
    private let legacy: [LimitedResource: LegacyHierarchy]
    private let unified: UnifiedControllers
    /// Who guards the run.
    private let guardian: () -> Int32?
    private var made = 0
    /// Not to be removed yet: a process that was ended in it is still on its way out.
    private var retired: [CgroupSlice] = []

    init(run: CgroupRun, guardian: @escaping () -> Int32?) {
        self.run = run
        self.guardian = guardian
        unified = UnifiedControllers(
            base: run.base.borrowed,
            run: run.cgroup.directory.borrowed,
            runName: run.cgroup.name
        )
        var hierarchies: [String: LegacyHierarchy] = [:]
        legacy = run.legacyDirectories.mapValues { path in
            let hierarchy = hierarchies[path] ?? LegacyHierarchy(path: path)
            hierarchies[path] = hierarchy
            return hierarchy
        }
    }

    func obstacle(to resource: LimitedResource) -> LimitUnavailable? {
        do throws(LimitUnavailable) {
            _ = try parent(of: resource)
            return nil
        } catch {
            return error
        }
    }

    func makeSlice(
        _ limits: SliceLimits,
        containment: CgroupContainment
    ) throws(LimitUnavailable) -> CgroupSlice {
        made += 1
        var byParent: [Descriptor: SliceDirectory] = [:]
        var directories: [LimitedResource: SliceDirectory] = [:]
        do throws(LimitUnavailable) {
            for resource in limits.resources {
                let (parent, version) = try parent(of: resource)
                try Self.explaining(resource) { () throws(SystemError) in
                    if byParent[parent] == nil {
                        byParent[parent] = try SliceDirectory(making: "slice-\(made)", in: parent, version)
                    }
                    directories[resource] = byParent[parent]
                    for setting in limits.settings(of: resource, version) {
                        try byParent[parent]?.write(setting)
                    }
                }
            }
            let pool = try pool(in: byParent.values)
            return CgroupSlice(limits, directories, pool: pool, containment: containment)
        } catch {
            for directory in byParent.values { _ = directory.removeUnlessBusy() }
            throw error
        }
    }

    /// Removes a slice, now or when the next one is retired.
    func retire(_ slice: CgroupSlice) {
        retired.append(slice)
        retired.removeAll { $0.removeUnlessBusy() }
    }

    /// Removes everything, once nothing of the run is alive.
    func close() {
        retired = []
        for hierarchy in legacy.values { hierarchy.remove() }
        unified.close()
    }

    private func parent(of resource: LimitedResource) throws(LimitUnavailable) -> (Descriptor, CgroupVersion) {
        try Self.explaining(resource) { () throws(SystemError) in
            if let hierarchy = legacy[resource] { return (try hierarchy.open(), .legacy) }
            try unified.enable(resource.rawValue, movingWith: guardian())
            return (run.cgroup.directory.borrowed, .unified)
        }
    }

    /// Limits of version 2 hold for what is below.
    private func pool(in directories: some Sequence<SliceDirectory>) throws(LimitUnavailable) -> CgroupPool? {
        guard let directory = directories.first(where: { $0.version == .unified }) else { return nil }
        return try Self.explaining(.memory) { () throws(SystemError) in
            CgroupPool(
                in: try Cgroup(opening: directory.name, in: run.cgroup.directory.borrowed, above: run.cgroup.path)
            )
        }
    }

    private static func explaining<Result>(
        _ resource: LimitedResource,
        _ body: () throws(SystemError) -> Result
    ) throws(LimitUnavailable) -> Result {
        do throws(SystemError) {
            return try body()
        } catch {
            throw LimitUnavailable(resource, "\(error)", errorNumber: error.errorNumber, remedy: remedy(for: error))
        }
    }

    /// Root's cgroups are those of the system's manager, everybody else's those of his own.
    private static var manager: String { CurrentProcess.effectiveUserID == 0 ? "" : "--user " }

    private static func remedy(for error: SystemError) -> String {
        switch error.errorNumber {
        case ErrorNumber.accessDenied, ErrorNumber.notPermitted:
            "run as root, or in a cgroup that is delegated with this controller"
        case ErrorNumber.noEntry:
            "the kernel lacks this controller, or the cgroup around does not hand it down: see its cgroup.controllers"
        case ErrorNumber.busy:
            "a cgroup hands no limits down while others live in it: start pkrun alone in one, "
                + "systemd-run \(manager)--scope -p Delegate=yes pkrun ..."
        default:
            "the kernel does not take this value here"
        }
    }
}
