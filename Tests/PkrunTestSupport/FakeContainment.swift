package import PkrunContainment
package import PkrunSystem

/// A containment that starts nothing: every process ends at once, as it was told to.
package final class FakeContainment: Containment {
    package let mechanism = Mechanism.subreaper
    /// What has been asked for, in this order.
    package private(set) var requests: [SpawnRequest] = []
    /// What keeps a process from being started.
    package var failure: SpawnError?
    /// What could not be ended when all is over.
    package var survivors = 0
    private let reactor: Reactor
    private let wakeUp: WakeUp
    private var registration: Reactor.Registration?
    private var exits: [() -> Void] = []

    package init(reactor: Reactor) throws {
        self.reactor = reactor
        wakeUp = try WakeUp()
        registration = try reactor.register(wakeUp.descriptor, .read) { [unowned self] in
            wakeUp.take()
            let due = exits
            exits = []
            for exit in due { exit() }
        }
    }

    deinit {
        if let registration { reactor.cancel(registration) }
    }

    package func spawn(
        _ request: SpawnRequest,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SpawnError) -> any ProcessTree {
        if let failure { throw failure }
        requests.append(request)
        exits.append { observer(.mainExited(.exited(code: 0), ResourceUsage(), treeIsEmpty: true)) }
        wakeUp.send()
        return FakeTree(mainProcess: Int32(requests.count))
    }

    package func adopt(
        _ adoptee: Adoptee,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) -> (any ProcessTree)? {
        nil
    }

    package func close() -> Int { survivors }
}

private final class FakeTree: ProcessTree {
    let mainProcess: Int32

    init(mainProcess: Int32) { self.mainProcess = mainProcess }

    func signal(_ number: Int32, to target: TreeTarget) throws(SystemError) {}
    func suspend() throws(SystemError) {}
    func resume() throws(SystemError) {}
    func kill() throws(SystemError) {}
    func members() -> [MemberProcess] { [] }
    func usage() -> ResourceUsage { ResourceUsage() }
    func release() {}
}
