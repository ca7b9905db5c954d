internal import PkrunSystem

/// A process group, and no more than that.
final class ProcessGroupTree: ProcessTree {
    let mainProcess: Int32

    private let containment: ProcessGroupContainment
    private var main: WatchedChild?
    private var mainUsage = ResourceUsage()
    private var life = TreeLife()
    private var observer: ((TreeEvent) -> Void)?
    /// Some member, once the main process has ended: with each that ends, another is taken.
    private var watched: (member: ProcessDescriptor, registration: Reactor.Registration)?

    init(
        _ processID: Int32,
        _ descriptor: ProcessDescriptor?,
        containment: ProcessGroupContainment,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) {
        mainProcess = processID
        self.containment = containment
        self.observer = observer
        main = try containment.reaper.watch(processID, descriptor) { [self] exit in mainExited(exit) }
    }

    func signal(_ number: Int32, to target: TreeTarget) throws(SystemError) {
        switch target {
        case .main: if life.mainIsAlive { try main?.send(number) }
        case .tree: if !life.isEmpty { try ProcessDescriptor.send(number, toGroup: mainProcess) }
        }
    }

    func suspend() throws(SystemError) { try signal(ProcessTermination.stop, to: .tree) }

    func resume() throws(SystemError) { try signal(ProcessTermination.go, to: .tree) }

    func kill() throws(SystemError) { try signal(ProcessTermination.kill, to: .tree) }

    func members() -> [MemberProcess] {
        life.isEmpty ? [] : MemberProcess.living(living(), main: mainProcess)
    }

    func usage() -> ResourceUsage { mainUsage }

    func release() {
        observer = nil
        stopWatching()
        containment.forget(self)
    }

    /// The containment ends it itself.
    func end() {
        observer = nil
        try? kill()
        if life.mainIsAlive, let main { containment.reaper.waitForExit(of: main) }
        stopWatching()
    }

    private func living() -> [Int32] {
        let numbers = ((try? FileSystem.entries(of: "/proc")) ?? []).compactMap { Int32($0.name) }
        return numbers.filter { number in
            guard let record = ProcessRecord(of: number) else { return false }
            return record.processGroup == mainProcess && !record.isZombie
        }
    }

    private func mainExited(_ exit: ProcessExit) {
        mainUsage = exit.usage
        let isEmpty = !watchSomebody()
        if let event = life.mainExited(exit, treeIsEmpty: isEmpty) { observer?(event) }
    }

    /// - Returns: whether there is anybody.
    private func watchSomebody() -> Bool {
        stopWatching()
        for number in living() {
            guard let member = try? ProcessDescriptor(of: number),
                let registration = try? containment.reactor.register(
                    member.number,
                    .read,
                    handler: { [unowned self] in
                        if !watchSomebody(), let event = life.emptied() { observer?(event) }
                    }
                )
            else { continue }
            watched = (member, registration)
            return true
        }
        return false
    }

    private func stopWatching() {
        if let watched { containment.reactor.cancel(watched.registration) }
        watched = nil
    }
}
