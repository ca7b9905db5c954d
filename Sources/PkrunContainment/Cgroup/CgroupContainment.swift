internal import PkrunSystem

/// Trees in cgroups: every process is a member from its birth, and all die in one atomic step.
final class CgroupContainment: Containment {
    let mechanism = Mechanism.cgroup
    let reactor: Reactor
    let reaper: Reaper

    private let spawner: ProcessSpawner
    private let run: CgroupRun
    private var guardian: CgroupGuardian?
    private let pool: CgroupPool
    private lazy var limiter = CgroupLimiter(run: run) { [unowned self] in guardian?.processID }
    private var trees: [ObjectIdentifier: CgroupTree] = [:]
    /// How a process gets into its cgroup, as the trial at the start has shown.
    private var entry = Entry.born

    private enum Entry {
        case born
        /// This process lives in a cgroup that was killed once: what it makes elsewhere is killed at birth.
        case joining
    }

    /// - Parameters:
    ///   - baseDirectory: the directory of the cgroup that this process lives in.
    ///   - legacyBases: the same in the hierarchies of version 1.
    init(
        baseDirectory: String,
        legacyBases: [LimitedResource: String],
        reactor: Reactor,
        reaper: Reaper,
        spawner: ProcessSpawner,
        holding held: Descriptor?
    ) throws(SystemError) {
        self.reactor = reactor
        self.reaper = reaper
        self.spawner = spawner
        run = try CgroupRun(in: baseDirectory, legacyBases: legacyBases)
        pool = CgroupPool(in: run.cgroup)
        do {
            try tryOut()
            guardian = try CgroupGuardian(of: run, reaper: reaper, holding: held)
        } catch {
            run.cgroup.endAndRemove()
            throw error
        }
    }

    func spawn(
        _ request: SpawnRequest,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> any ProcessTree {
        try spawn(request, in: nil, observer: observer)
    }

    func spawn(
        _ request: SpawnRequest,
        in slice: CgroupSlice?,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> any ProcessTree {
        let pool = slice?.pool ?? pool
        for attempt in Attempt.allCases {
            if attempt == .joined { entry = .joining }
            let place = try Self.take(from: pool, new: attempt != .first)
            switch start(request, in: place.cgroup, limitedBy: slice?.taskFiles ?? []) {
            case .started(let processID, let descriptor):
                return try tree(processID, descriptor, in: place, of: pool, observer: observer)
            case .failed(let failure):
                pool.putBack(place.cgroup)
                throw failure
            case .killedAtBirth:
                pool.discard(place.cgroup)
            }
        }
        throw SpawnError(step: .joinContainer, subject: run.cgroup.path, errorNumber: ErrorNumber.busy)
    }

    func adopt(
        _ adoptee: Adoptee,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> (any ProcessTree)? {
        try adopt(adoptee, in: nil, observer: observer)
    }

    func adopt(
        _ adoptee: Adoptee,
        in slice: CgroupSlice?,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> (any ProcessTree)? {
        let pool = slice?.pool ?? pool
        let processID = adoptee.processID
        guard let descriptor = try adoptee.hold() else { return nil }
        guard !run.cgroup.contains(processID) else { throw adoptee.failure(ErrorNumber.busy) }
        let place = try pool.take()
        do {
            try place.cgroup.take(processID)
        } catch {
            pool.putBack(place.cgroup)
            // It has ended in this moment.
            guard error.errorNumber == ErrorNumber.noProcess else { throw error }
            return nil
        }
        guard try descriptor.send(0) else {
            // It has ended in this very moment, and its number was somebody else's when that one was moved.
            try? run.giveBack(processID)
            pool.putBack(place.cgroup)
            throw adoptee.failure(ErrorNumber.noProcess)
        }
        try place.cgroup.takeDescendants(of: processID)
        try slice?.take(everythingIn: place.cgroup)
        let tree = CgroupTree(
            adopted: processID,
            in: place,
            of: pool,
            containment: self,
            observer: observer
        )
        trees[ObjectIdentifier(tree)] = tree
        return tree
    }

    func obstacle(to resource: LimitedResource) -> LimitUnavailable? { limiter.obstacle(to: resource) }

    func makeSlice(_ limits: SliceLimits) throws(LimitUnavailable) -> any ResourceSlice {
        try limiter.makeSlice(limits, containment: self)
    }

    func retire(_ slice: CgroupSlice) { limiter.retire(slice) }

    /// Orphans outside of the run's cgroup that belong to this tree: by their process group, or because there is no
    /// other tree. What may be another's is left until that is the last.
    func orphansOutside(of tree: CgroupTree) -> [Int32] {
        let orphans = trees.count == 1 ? reaper.orphans() : reaper.orphans(inGroup: tree.mainProcess)
        let living = orphans.filter { ProcessRecord(of: $0)?.isZombie == false }
        return outsiders(among: living.flatMap { [$0] + (sweep?.descendants(of: $0) ?? []) })
    }

    /// Those of these processes that live outside of the run's cgroup.
    func outsiders(among processIDs: [Int32]) -> [Int32] {
        processIDs.filter { !run.cgroup.contains($0) }
    }

    private(set) lazy var sweep = try? DescendantSweep()

    /// A process that is killed at its birth says that somebody has killed its cgroup, or the run's, or this process's.
    private enum Attempt: CaseIterable {
        case first, inNewCgroup, joined
    }

    func close() -> Int {
        for tree in trees.values {
            tree.silence()
            // A main process may have left its cgroup.
            if let main = tree.mainChild { try? main.send(ProcessTermination.kill) }
        }
        var survivors = run.cgroup.endAndRemove()
        if survivors == 0 {
            for tree in trees.values { tree.mainChild.map(reaper.waitForExit(of:)) }
        }
        survivors += reaper.endOrphans()
        limiter.close()
        trees = [:]
        // While anything is left, the guardian stays: it waits for the end of this process and of what is left.
        if survivors == 0 { guardian?.dismiss() }
        return survivors
    }

    func forget(_ tree: CgroupTree) { trees[ObjectIdentifier(tree)] = nil }

    private static func take(from pool: CgroupPool, new: Bool) throws(SpawnError) -> CgroupPool.Place {
        do {
            return try new ? pool.makeNew() : pool.take()
        } catch {
            throw SpawnError(.createContainer, error)
        }
    }

    private func start(
        _ request: SpawnRequest,
        in cgroup: Cgroup,
        limitedBy limitFiles: [Int32] = []
    ) -> SpawnResult {
        switch entry {
        case .born:
            return spawner.spawn(request, in: .cgroup(cgroup.directory.borrowed), limitedBy: limitFiles)
        case .joining:
            do {
                let file = try OwnedDescriptor.open("cgroup.procs", .writeOnly, in: cgroup.directory.borrowed)
                return spawner.spawn(request, in: .joining(file.borrowed), limitedBy: limitFiles)
            } catch {
                return .failed(SpawnError(.joinContainer, error))
            }
        }
    }

    private func tree(
        _ processID: Int32,
        _ descriptor: ProcessDescriptor?,
        in place: CgroupPool.Place,
        of pool: CgroupPool,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> CgroupTree {
        do {
            let tree = try CgroupTree(
                processID,
                descriptor,
                in: place,
                of: pool,
                containment: self,
                observer: observer
            )
            trees[ObjectIdentifier(tree)] = tree
            return tree
        } catch {
            try? place.cgroup.kill()
            pool.discard(place.cgroup)
            throw SpawnError(.createProcess, error)
        }
    }

    /// Starts a process without a program: that it fails later than at the cgroup shows that it lives in there.
    private func tryOut() throws(SystemError) {
        let request = SpawnRequest(
            arguments: [],
            environment: [],
            workingDirectory: "/",
            standardInput: 0,
            standardOutput: 1,
            standardError: 2
        )
        var errorNumber = ErrorNumber.busy
        for way in [Entry.born, .joining] {
            entry = way
            let place = try pool.take()
            let result = start(request, in: place.cgroup)
            pool.discard(place.cgroup)
            if case .failed(let failure) = result {
                if failure.step.rawValue > SpawnStep.joinContainer.rawValue { return }
                errorNumber = failure.errorNumber
            }
        }
        throw SystemError("clone3", run.cgroup.path, errorNumber: errorNumber)
    }
}
