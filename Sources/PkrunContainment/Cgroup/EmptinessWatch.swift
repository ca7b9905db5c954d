internal import PkrunSystem

/// Notices the moment when no process is left in a cgroup.
///
/// The kernel tells of it up to 16 ms late when the last change was a moment ago, so that one of the remaining
/// processes is watched too; with each that ends, another is taken.
final class EmptinessWatch {
    private let cgroup: Cgroup
    private let reactor: Reactor
    private let handler: () -> Void
    private var changes: Reactor.Registration?
    private var member: Member?

    /// - Parameter handler: called once, by the reactor, and never before this returns.
    init(of cgroup: Cgroup, reactor: Reactor, handler: @escaping () -> Void) {
        self.cgroup = cgroup
        self.reactor = reactor
        self.handler = handler
        changes = try? reactor.register(cgroup.changes, .priority) { [unowned self] in check() }
        watchMember()
    }

    deinit { stop() }

    private func check() {
        guard cgroup.isPopulated else {
            stop()
            return handler()
        }
        if member?.hasEnded ?? true { watchMember() }
    }

    private func watchMember() {
        member = nil
        // One that is gone by the time it is opened is not listed again.
        while member == nil, let processID = cgroup.anyProcess() {
            member = Member(processID, reactor: reactor) { [unowned self] in
                member?.hasEnded = true
                check()
            }
        }
    }

    private func stop() {
        if let changes { reactor.cancel(changes) }
        changes = nil
        member = nil
    }

    private final class Member {
        var hasEnded = false
        private let descriptor: ProcessDescriptor
        private let reactor: Reactor
        private var registration: Reactor.Registration?

        init?(_ processID: Int32, reactor: Reactor, handler: @escaping () -> Void) {
            guard let descriptor = try? ProcessDescriptor(of: processID) else { return nil }
            self.descriptor = descriptor
            self.reactor = reactor
            registration = try? reactor.register(self.descriptor.number, .read, handler: handler)
        }

        deinit {
            if let registration { reactor.cancel(registration) }
        }
    }
}
