internal import PkrunSystem

/// A process that has left the cgroup of its tree.
final class Escapee {
    let processID: Int32
    private let descriptor: ProcessDescriptor
    private let reactor: Reactor
    private var end: Reactor.Registration?

    /// - Parameter ended: called by the reactor.
    /// - Returns: `nil` where it has ended.
    init?(_ processID: Int32, reactor: Reactor, ended: @escaping () -> Void) {
        guard let descriptor = try? ProcessDescriptor(of: processID) else { return nil }
        self.processID = processID
        self.descriptor = descriptor
        self.reactor = reactor
        end = try? reactor.register(self.descriptor.number, .read, handler: ended)
    }

    deinit {
        if let end { reactor.cancel(end) }
    }

    func send(_ signal: Int32) throws(SystemError) { try descriptor.send(signal) }

    /// Kills it with all that descends from it.
    func kill(_ sweep: DescendantSweep) {
        guard (try? descriptor.send(ProcessTermination.stop)) == true else { return }
        _ = sweep.kill(below: processID)
        _ = try? descriptor.send(ProcessTermination.kill)
    }
}
