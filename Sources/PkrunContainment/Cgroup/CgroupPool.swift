internal import PkrunSystem

/// The cgroups of trees within a run, or a slice of it: made when one is needed, used again as long as they are as if
/// new.
final class CgroupPool {
    /// A cgroup that is free, and what earlier trees have used in it.
    struct Place {
        var cgroup: Cgroup
        var usedBefore: Duration
    }

    private let parent: Cgroup
    private var free: [Place] = []
    /// Not to be used again, and not to be removed yet: a process that was ended in it is still on its way out.
    private var doomed: [Cgroup] = []
    private var made = 0

    /// - Parameter parent: the cgroup that they are made in.
    init(in parent: Cgroup) { self.parent = parent }

    /// A cgroup with nothing in it.
    func take() throws(SystemError) -> Place {
        while let place = free.popLast() {
            if place.cgroup.isReusable() { return place }
            discard(place.cgroup)
        }
        return try makeNew()
    }

    func makeNew() throws(SystemError) -> Place {
        made += 1
        let cgroup = try Cgroup.make("tree-\(made)", in: parent.directory.borrowed, above: parent.path)
        Cgroup.cacheMembers(of: cgroup.directory.borrowed)
        return Place(cgroup: cgroup, usedBefore: .zero)
    }

    /// Takes a cgroup back whose tree is done. Whether it can be used again is looked at when one is needed.
    /// - Parameter used: what has ever been used in it, where the caller has just asked.
    func putBack(_ cgroup: Cgroup, used: Duration? = nil) {
        guard !cgroup.wasKilled, let used = try? used ?? cgroup.cpuTime() else { return discard(cgroup) }
        free.append(Place(cgroup: cgroup, usedBefore: used))
    }

    /// Removes a cgroup, now or when the next one is discarded.
    func discard(_ cgroup: Cgroup) {
        doomed.append(cgroup)
        doomed.removeAll { $0.removeUnlessBusy() }
    }
}
