internal import PkrunSystem

/// A process that was started elsewhere, and what is found below it.
///
/// Less than a tree below a guardian: nobody inherits what loses its parent here, and nobody ends it after this
/// process's death.
final class AdoptedTree: ProcessTree {
    let mainProcess: Int32

    private let containment: GuardedContainment
    private let root: ProcessDescriptor
    private var end: Reactor.Registration?
    private var life = TreeLife(hasMain: false)
    private var observer: ((TreeEvent) -> Void)?

    init(
        _ processID: Int32,
        _ descriptor: ProcessDescriptor,
        containment: GuardedContainment,
        observer: @escaping (TreeEvent) -> Void
    ) throws(SystemError) {
        mainProcess = processID
        self.containment = containment
        self.observer = observer
        root = descriptor
        end = try containment.reactor.register(root.number, .read) { [unowned self] in rootEnded() }
    }

    func signal(_ number: Int32, to target: TreeTarget) throws(SystemError) {
        guard !life.isEmpty else { return }
        try root.send(number)
        guard target == .tree else { return }
        let outcome = containment.sweep.signal(number, below: mainProcess)
        guard outcome.refused == 0 else {
            throw SystemError(
                "pidfd_send_signal",
                "\(outcome.refused) processes",
                errorNumber: ErrorNumber.notPermitted
            )
        }
    }

    func suspend() throws(SystemError) {
        try signal(ProcessTermination.stop, to: .tree)
    }

    func resume() throws(SystemError) {
        try signal(ProcessTermination.go, to: .tree)
    }

    /// The root dies last: with it goes the way to find the others.
    func kill() throws(SystemError) {
        guard !life.isEmpty else { return }
        try root.send(ProcessTermination.stop)
        _ = containment.sweep.kill(below: mainProcess)
        try root.send(ProcessTermination.kill)
    }

    func members() -> [MemberProcess] {
        guard !life.isEmpty else { return [] }
        return MemberProcess.living([mainProcess] + containment.sweep.descendants(of: mainProcess), main: mainProcess)
    }

    /// Of what lives; what has ended is its reaper's to know.
    func usage() -> ResourceUsage {
        let ticks = members().compactMap { ProcessRecord(of: $0.processID) }.reduce(0) { $0 + $1.clockTicks }
        return ResourceUsage(cpuTime: .milliseconds(ticks * 1000 / ProcessRecord.ticksPerSecond))
    }

    func release() {
        observer = nil
        stopWatching()
        containment.forget(self)
    }

    private func rootEnded() {
        stopWatching()
        if let event = life.emptied() { observer?(event) }
    }

    private func stopWatching() {
        if let end { containment.reactor.cancel(end) }
        end = nil
    }
}
