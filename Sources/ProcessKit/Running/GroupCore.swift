internal import PkrunContainment
internal import PkrunSystem

/// The trees of one group. Each has a container of its own, so that one can be ended while the others go on.
@ProcessThread
final class GroupCore {
    nonisolated let mechanism: Mechanism

    private let containment: any Containment
    /// The part of the containment that has the limits of the group.
    private let slice: (any ResourceSlice)?
    private let nothing: Int32
    private var trees: [ObjectIdentifier: ContainedTree] = [:]
    /// Of the trees that have ended.
    private var past = Statistics.none
    private var isSuspended = false
    private var isShutDown = false

    init(demanding demand: Mechanism?, limits: ResourceLimits = ResourceLimits()) throws(ProcessError) {
        let machinery = try converting { () throws(SystemError) in try Machinery.shared() }
        nothing = machinery.nothing
        do throws(ContainmentUnavailable) {
            containment = try machinery.containment(demand?.contained)
        } catch {
            throw ProcessError(error)
        }
        guard let mechanism = Mechanism(containment.mechanism) else { throw .containmentUnavailable([]) }
        self.mechanism = mechanism
        slice = try containment.slice(within: limits)
    }

    private var host: any TreeHost { slice ?? containment }

    /// Starts a process in a tree of its own.
    /// - Parameters:
    ///   - input: what it reads from, in place of what the command says.
    ///   - output: what it writes to, in place of what the command says.
    func start(_ command: Command, input: Int32? = nil, output: Int32? = nil) throws(ProcessError) -> ContainedTree {
        try checkOpen()
        let contained = ContainedTree(grace: command.grace, leaks: command.leaks, group: self)
        var streams = try converting { () throws(SystemError) in
            try ChildStreams.make(for: command, input: input, output: output, nothing: nothing)
        }
        let (pipes, writer) = try converting { () throws(SystemError) in
            (try streams.takePipes(for: contained), try streams.takeWriter())
        }
        // Before the program begins, which may make another of its terminal: one that is raw echoes Ctrl-D, or hands it
        // over.
        if case .bytes([]) = command.standardInput { writer?.close() }
        let ownSlice = try makeSlice(for: command)
        do throws(SpawnError) {
            let tree = try (ownSlice ?? host).spawn(SpawnRequest(command, streams)) { contained.observe($0) }
            contained.begin(tree, in: ownSlice, terminal: streams.terminal, pipes: pipes, writer: writer)
        } catch {
            ownSlice?.release()
            throw .startFailed(StartFailure(error))
        }
        trees[ObjectIdentifier(contained)] = contained
        contained.watch(timeout: command.timeout, idleTimeout: command.idleTimeout)
        if case .bytes(let bytes) = command.standardInput, let writer = contained.writer {
            Task {
                // A process need not read what it is given.
                try? await writer.write(bytes)
                writer.close()
            }
        }
        return contained
    }

    func adopt(_ adoptee: Adoptee) throws(ProcessError) {
        guard !isShutDown else { throw .shutDown }
        let contained = ContainedTree(grace: .seconds(2), leaks: .wait, group: self)
        do throws(SystemError) {
            guard let tree = try host.adopt(adoptee, observer: { contained.observe($0) }) else { return }
            contained.beginAdopted(tree)
            trees[ObjectIdentifier(contained)] = contained
            if isSuspended { try contained.suspend() }
        } catch {
            switch error.errorNumber {
            case ErrorNumber.noChild: throw .notAChild(adoptee.processID)
            case ErrorNumber.noProcess: throw .noSuchProcess(adoptee.processID)
            case ErrorNumber.invalid, ErrorNumber.busy: throw .notToBeAdopted(adoptee.processID)
            case ErrorNumber.notSupported: throw .unsupported(mechanism)
            default: throw ProcessError(error)
            }
        }
    }

    /// The part of the containment that has the limits of one command.
    private func makeSlice(for command: Command) throws(ProcessError) -> (any ResourceSlice)? {
        if slice != nil, let resource = command.resourceLimits.contained?.resources.first {
            throw .limitUnavailable(
                ResourceLimits.Resource(resource),
                "the group has limits of its own; start the command in one without"
            )
        }
        return try containment.slice(within: command.resourceLimits)
    }

    /// A tree has ended.
    func forget(_ tree: ContainedTree) {
        trees[ObjectIdentifier(tree)] = nil
        if let result = tree.result { past.add(result.statistics) }
    }

    private func checkOpen() throws(ProcessError) {
        guard !isShutDown else { throw .shutDown }
        guard !isSuspended else { throw .suspended }
    }
}

/// The verbs. What is empty is no error to any of them.
extension GroupCore {
    func signal(_ signal: Signal) throws(ProcessError) {
        try forEachTree { tree throws(SystemError) in try tree.signal(signal, to: .tree) }
    }

    func suspend() throws(ProcessError) {
        isSuspended = true
        try forEachTree { tree throws(SystemError) in try tree.suspend() }
    }

    func resume() throws(ProcessError) {
        isSuspended = false
        try forEachTree { tree throws(SystemError) in try tree.resume() }
    }

    func members() -> [Member] {
        trees.values.flatMap { $0.members() }.sorted { $0.processID < $1.processID }
    }

    func statistics() -> Statistics {
        trees.values.reduce(into: past) { $0.add($1.statistics()) }
    }

    func killAll() async {
        let dying = Array(trees.values)
        for tree in dying { tree.kill(.killed) }
        for tree in dying { _ = await tree.end() }
    }

    /// Kills every member and gives up the limits. The last call.
    func end() async {
        await killAll()
        slice?.release()
    }

    func limitReport() -> LimitReport? { (slice?.report()).map(LimitReport.init) }

    func stop(_ ladder: [StopStep]) async -> StopReport {
        isSuspended = false
        return await Array(trees.values).stop(ladder)
    }

    func stop(grace: Duration, escalate: Bool) async -> StopReport {
        isSuspended = false
        return await Array(trees.values).stop(grace: grace, escalate: escalate)
    }

    func shutDown() { isShutDown = true }

    /// One that fails does not keep the others from their part.
    private func forEachTree(_ body: (ContainedTree) throws(SystemError) -> Void) throws(ProcessError) {
        var first: SystemError?
        for tree in trees.values {
            do throws(SystemError) {
                try body(tree)
            } catch {
                first = first ?? error
            }
        }
        if let first { throw ProcessError(first) }
    }
}

extension Containment {
    /// A part with limits; `nil` where nothing is limited.
    fileprivate func slice(within limits: ResourceLimits) throws(ProcessError) -> (any ResourceSlice)? {
        do throws(LimitUnavailable) {
            return try limits.contained.map { limits throws(LimitUnavailable) in try makeSlice(limits) }
        } catch {
            throw .limitUnavailable(ResourceLimits.Resource(error.resource), "\(error.reason); \(error.remedy)")
        }
    }
}

/// Tells a failed system call in the library's own words.
func converting<Result: ~Copyable>(_ body: () throws(SystemError) -> Result) throws(ProcessError) -> Result {
    do throws(SystemError) {
        return try body()
    } catch {
        throw ProcessError(error)
    }
}
