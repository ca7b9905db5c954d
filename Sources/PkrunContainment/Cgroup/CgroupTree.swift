internal import PkrunSystem

/// A tree that lives in a cgroup of its own.
final class CgroupTree: ProcessTree {
    let mainProcess: Int32

    private let containment: CgroupContainment
    private let cgroup: Cgroup
    private let pool: CgroupPool
    /// What earlier trees have used in the same cgroup.
    private let usedBefore: Duration
    private var main: WatchedChild?
    private var mainUsage = ResourceUsage()
    private var life: TreeLife
    /// What has ever been used in the cgroup, once the tree is empty and somebody has asked.
    private var usedAtEnd: Duration?
    private var watch: EmptinessWatch?
    private var escapees: [Escapee] = []
    private var observer: ((TreeEvent) -> Void)?

    init(
        _ processID: Int32,
        _ descriptor: ProcessDescriptor?,
        in place: CgroupPool.Place,
        of pool: CgroupPool,
        containment: CgroupContainment,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) {
        mainProcess = processID
        cgroup = place.cgroup
        usedBefore = place.usedBefore
        self.pool = pool
        self.containment = containment
        self.observer = observer
        life = TreeLife()
        main = try containment.reaper.watch(processID, descriptor) { [self] exit in mainExited(exit) }
    }

    /// A tree of processes that live in the cgroup already and are somebody else's to reap.
    init(
        adopted processID: Int32,
        in place: CgroupPool.Place,
        of pool: CgroupPool,
        containment: CgroupContainment,
        observer: @escaping (TreeEvent) -> Void
    ) {
        mainProcess = processID
        cgroup = place.cgroup
        usedBefore = place.usedBefore
        self.pool = pool
        self.containment = containment
        self.observer = observer
        life = TreeLife(hasMain: false)
        watchForTheEnd()
    }

    func signal(_ number: Int32, to target: TreeTarget) throws(SystemError) {
        switch target {
        case .main: if life.mainIsAlive { try main?.send(number) }
        case .tree:
            guard !life.isEmpty else { return }
            noteEscapees(escapeesBelowMain())
            try cgroup.signal(number)
            for escapee in escapees { try escapee.send(number) }
        }
    }

    func suspend() throws(SystemError) {
        if !life.isEmpty { try cgroup.setSuspended(true) }
    }

    func resume() throws(SystemError) {
        if cgroup.isSuspended { try cgroup.setSuspended(false) }
    }

    func kill() throws(SystemError) {
        guard !life.isEmpty else { return }
        // The main process may have left its cgroup. Nobody else is looked for: a kill does not wait for a walk.
        if life.mainIsAlive { try main?.send(ProcessTermination.kill) }
        try cgroup.kill()
        killEscapees()
    }

    func members() -> [MemberProcess] {
        guard !life.isEmpty else { return [] }
        noteEscapees(escapeesBelowMain())
        return MemberProcess.living(cgroup.processes() + escapees.map(\.processID), main: mainProcess)
    }

    func usage() -> ResourceUsage {
        let total = usedAtEnd ?? (try? cgroup.cpuTime()) ?? usedBefore + mainUsage.cpuTime
        if life.isEmpty { usedAtEnd = total }
        var usage = mainUsage
        usage.cpuTime = total - usedBefore
        return usage
    }

    func release() {
        silence()
        containment.forget(self)
        pool.putBack(cgroup, used: usedAtEnd)
    }

    /// Stops watching: the containment ends the tree itself.
    func silence() {
        observer = nil
        watch = nil
        escapees = []
    }

    var mainChild: WatchedChild? { main }

    private func mainExited(_ exit: ProcessExit) {
        mainUsage = exit.usage
        escapees.removeAll { $0.processID == mainProcess }
        let isPopulated = cgroup.isPopulated
        if isPopulated && observer != nil { watchForTheEnd() }
        noteEscapees(containment.orphansOutside(of: self))
        tell(life.mainExited(exit, treeIsEmpty: !isPopulated && escapees.isEmpty))
    }

    /// Those who have left the cgroup while the main process, from which they descend, is alive. Once it is not, only
    /// who comes to this process as an orphan can still be told to be of this tree.
    private func escapeesBelowMain() -> [Int32] {
        guard life.mainIsAlive, let sweep = containment.sweep else { return [] }
        let insiders = Set(cgroup.processes())
        let family = [mainProcess] + sweep.descendants(of: mainProcess)
        return containment.outsiders(among: family.filter { !insiders.contains($0) })
    }

    /// They are members like any other, and if the tree has been killed, so are they.
    private func noteEscapees(_ outsiders: [Int32]) {
        guard observer != nil else { return }
        let fresh = outsiders.filter { outsider in !escapees.contains { $0.processID == outsider } }
            .compactMap { processID in
                Escapee(processID, reactor: containment.reactor) { [unowned self] in
                    escapees.removeAll { $0.processID == processID }
                    becameEmpty()
                }
            }
        escapees += fresh
        if cgroup.wasKilled { killEscapees() }
        let processes = MemberProcess.living(fresh.map(\.processID), main: mainProcess)
        if !processes.isEmpty { observer?(.escaped(processes)) }
    }

    private func killEscapees() {
        guard let sweep = containment.sweep else { return }
        for escapee in escapees { escapee.kill(sweep) }
    }

    private func watchForTheEnd() {
        watch = EmptinessWatch(of: cgroup, reactor: containment.reactor) { [unowned self] in becameEmpty() }
    }

    /// The cgroup, or one of those who have left it, may be no more.
    private func becameEmpty() {
        guard !cgroup.isPopulated else { return }
        watch = nil
        noteEscapees(containment.orphansOutside(of: self))
        if escapees.isEmpty { tell(life.emptied()) }
    }

    private func tell(_ event: TreeEvent?) {
        if let event { observer?(event) }
    }
}
