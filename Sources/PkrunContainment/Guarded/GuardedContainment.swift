internal import PkrunSystem

/// Trees below guardians: each is the parent of its main process and the subreaper of all that descends from it, or,
/// under `pid-namespace`, the first process of a namespace, which the kernel ends together with it.
final class GuardedContainment: Containment {
    let mechanism: Mechanism
    let reactor: Reactor
    let reaper: Reaper
    let sweep: DescendantSweep

    private let spawner: ProcessSpawner
    private let owner: ProcessDescriptor
    private let held: Descriptor?
    private let namespace: TreeNamespace?
    private var trees: [ObjectIdentifier: GuardedTree] = [:]
    private var adopted: [ObjectIdentifier: AdoptedTree] = [:]

    /// - Parameter namespace: what every tree is to have of its own.
    init(
        namespace: TreeNamespace? = nil,
        reactor: Reactor,
        reaper: Reaper,
        spawner: ProcessSpawner,
        holding held: Descriptor?
    ) throws(SystemError) {
        mechanism = namespace == nil ? .subreaper : .pidNamespace
        self.namespace = namespace
        self.held = held
        self.reactor = reactor
        self.reaper = reaper
        self.spawner = spawner
        sweep = try DescendantSweep()
        owner = try ProcessDescriptor(of: CurrentProcess.identifier)
        // The /proc of another PID namespace would show strangers under the numbers of our processes.
        let own = try FileSystem.contents(of: "/proc/self/stat")
        guard ProcessRecord(stat: own)?.processID == CurrentProcess.identifier else {
            throw SystemError("open", "/proc/self/stat", errorNumber: ErrorNumber.noProcess)
        }
    }

    /// Starts a process without a program: that it fails later than at the namespace shows that there is one.
    func tryOut() throws(SpawnError) {
        let request = SpawnRequest(
            arguments: [],
            environment: [],
            workingDirectory: "/",
            standardInput: 0,
            standardOutput: 1,
            standardError: 2
        )
        do {
            _ = try spawn(request) { _ in }
        } catch  where error.step.rawValue > SpawnStep.joinContainer.rawValue {
            return
        }
    }

    func spawn(
        _ request: SpawnRequest,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> any ProcessTree {
        let tree: GuardedTree
        let failure: SpawnError?
        do {
            let channel = try GuardianChannel()
            let guardian = try Guardian.ofTree(
                request,
                spawner: spawner,
                sweep: sweep,
                owner: owner,
                channel: channel,
                namespace: namespace,
                holding: held
            )
            tree = GuardedTree(guardian, channel, containment: self)
            failure = try tree.start(request, observer: observer)
        } catch {
            throw SpawnError(.createProcess, error)
        }
        if let failure { throw failure }
        trees[ObjectIdentifier(tree)] = tree
        return tree
    }

    func adopt(
        _ adoptee: Adoptee,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> (any ProcessTree)? {
        // No process can be moved into another PID namespace.
        guard namespace == nil else { throw SystemError("adopt", errorNumber: ErrorNumber.notSupported) }
        guard let descriptor = try adoptee.hold() else { return nil }
        guard !isInTree(adoptee.processID) else { throw adoptee.failure(ErrorNumber.busy) }
        let tree = try AdoptedTree(adoptee.processID, descriptor, containment: self, observer: observer)
        adopted[ObjectIdentifier(tree)] = tree
        return tree
    }

    private func isInTree(_ processID: Int32) -> Bool {
        adopted.values.contains { $0.mainProcess == processID }
            || trees.values.contains { tree in tree.members().contains { $0.processID == processID } }
    }

    func close() -> Int {
        for tree in adopted.values { try? tree.kill() }
        adopted = [:]
        for tree in trees.values { tree.beginEnd() }
        let survivors = trees.values.reduce(0) { $0 + $1.waitForEnd() }
        trees = [:]
        return survivors + reaper.endOrphans()
    }

    func forget(_ tree: GuardedTree) {
        trees[ObjectIdentifier(tree)] = nil
    }

    func forget(_ tree: AdoptedTree) {
        adopted[ObjectIdentifier(tree)] = nil
    }
}
