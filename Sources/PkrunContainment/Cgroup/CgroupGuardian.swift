internal import PkrunSystem

/// The guardian of a run's cgroup, replaced when it dies before its time.
final class CgroupGuardian {
    private let run: CgroupRun
    private let reaper: Reaper
    private let owner: ProcessDescriptor
    private let held: Descriptor?
    private var current: (child: WatchedChild, control: Control)?

    init(of run: CgroupRun, reaper: Reaper, holding held: Descriptor?) throws(SystemError) {
        self.held = held
        self.run = run
        self.reaper = reaper
        owner = try ProcessDescriptor(of: CurrentProcess.identifier)
        try start()
    }

    var processID: Int32? { current?.child.processID }

    /// Lets the guardian go, and waits until it is gone.
    func dismiss() {
        guard let (child, control) = current else { return }
        current = nil
        child.forget()
        control.dismiss()
        reaper.waitForExit(of: child)
    }

    private func start() throws(SystemError) {
        let pipe = try Pipe()
        let guardian = try Guardian.ofCgroup(
            directory: run.cgroup.directory.borrowed,
            name: run.cgroup.name,
            parent: run.base.borrowed,
            home: CgroupHome.name(ofRun: run.cgroup.name),
            limitDirectories: Array(Set(run.legacyDirectories.values)),
            owner: owner,
            control: pipe.readEnd.borrowed,
            holding: held
        )
        let control = Control(pipe: pipe)
        let child = try reaper.watch(guardian.processID, guardian.descriptor) { [weak self] _ in self?.died() }
        current = (child, control)
    }

    /// Somebody has killed it. Without another one only a later run would end what this one leaves behind.
    private func died() {
        current = nil
        try? start()
    }

    /// Both ends are kept: with no reader left, a write would raise SIGPIPE.
    private final class Control {
        private let pipe: Pipe

        init(pipe: consuming Pipe) { self.pipe = pipe }

        func dismiss() {
            _ = try? pipe.writeEnd.borrowed.write([1].span)
        }
    }
}
