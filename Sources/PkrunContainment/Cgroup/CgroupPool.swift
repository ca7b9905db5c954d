internal import PkrunSystem

/// The cgroups of one run's trees: made when one is needed, used again as long as they are as if new.
struct CgroupPool {
    /// A cgroup that is free, and what earlier trees have used in it.
    struct Place {
        var cgroup: Cgroup
        var usedBefore: Duration
    }

    private let run: CgroupRun
    private var free: [Place] = []
    /// Not to be used again, and not to be removed yet: a process that was ended in it is still on its way out.
    private var doomed: [Cgroup] = []
    private var made = 0

    init(run: CgroupRun) { self.run = run }

    /// A cgroup with nothing in it.
    mutating func take() throws(SystemError) -> Place {
        while let place = free.popLast() {
            if place.cgroup.isReusable() { return place }
            discard(place.cgroup)
        }
        return try makeNew()
    }

    mutating func makeNew() throws(SystemError) -> Place {
        made += 1
        return Place(cgroup: try run.makeTree(made), usedBefore: .zero)
    }

    /// Takes a cgroup back whose tree is done. Whether it can be used again is looked at when one is needed.
    /// - Parameter used: what has ever been used in it, where the caller has just asked.
    mutating func putBack(_ cgroup: Cgroup, used: Duration? = nil) {
        guard !cgroup.wasKilled, let used = try? used ?? cgroup.cpuTime() else { return discard(cgroup) }
        free.append(Place(cgroup: cgroup, usedBefore: used))
    }

    /// Removes a cgroup, now or when the next one is discarded.
    mutating func discard(_ cgroup: Cgroup) {
        doomed.append(cgroup)
        doomed.removeAll { $0.removeUnlessBusy() }
    }
}
