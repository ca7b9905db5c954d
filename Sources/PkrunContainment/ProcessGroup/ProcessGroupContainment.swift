internal import PkrunSystem

/// What every POSIX system has: a group that a process is born into, and may leave.
final class ProcessGroupContainment: Containment {
    let mechanism = Mechanism.processGroup
    let reactor: Reactor
    let reaper: Reaper

    private let spawner: ProcessSpawner
    private var trees: [ObjectIdentifier: ProcessGroupTree] = [:]

    init(reactor: Reactor, reaper: Reaper, spawner: ProcessSpawner) {
        self.reactor = reactor
        self.reaper = reaper
        self.spawner = spawner
    }

    func spawn(
        _ request: SpawnRequest,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> any ProcessTree {
        switch spawner.spawn(request, in: .here) {
        case .started(let processID, let descriptor):
            do {
                let tree = try ProcessGroupTree(processID, descriptor, containment: self, observer: observer)
                trees[ObjectIdentifier(tree)] = tree
                return tree
            } catch {
                _ = try? descriptor?.send(ProcessTermination.kill)
                throw SpawnError(.createProcess, error)
            }
        case .failed(let error):
            throw error
        case .killedAtBirth:
            throw SpawnError(step: .createProcess, subject: "", errorNumber: ErrorNumber.noProcess)
        }
    }

    /// A process may only be put into another group before it has executed its program.
    func adopt(
        _ adoptee: Adoptee,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> (any ProcessTree)? {
        throw SystemError("adopt", errorNumber: ErrorNumber.notSupported)
    }

    func close() -> Int {
        for tree in trees.values { tree.end() }
        trees = [:]
        return reaper.endOrphans()
    }

    func forget(_ tree: ProcessGroupTree) {
        trees[ObjectIdentifier(tree)] = nil
    }
}
