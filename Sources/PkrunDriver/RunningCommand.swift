import PkrunContainment
import PkrunPlan
import PkrunSystem

/// A command that serves a job beside its tree: an `exec` probe, an `if`, or a step of the stop ladder. It has a tree
/// of its own.
final class RunningCommand {
    /// From being asked to end to being killed.
    private static let grace = Duration.seconds(1)

    private var tree: (any ProcessTree)?
    private var status = ProcessStatus.exited(code: 0)
    private let tail: CommandTail?
    private let after: (Duration, @escaping () -> Void) -> Void
    /// Nobody wants to know any more what it comes to.
    private(set) var isStopping = false
    private let ended: (ProcessStatus, _ lastLine: String?) -> Void

    /// - Parameters:
    ///   - after: does something later.
    ///   - tail: takes what the command writes, where anybody wants to know.
    ///   - ended: told once, when its tree is empty, how the command ended. Until then it keeps itself alive.
    init(
        _ request: SpawnRequest,
        in containment: any Containment,
        after: @escaping (Duration, @escaping () -> Void) -> Void,
        tail: CommandTail? = nil,
        ended: @escaping (ProcessStatus, _ lastLine: String?) -> Void
    ) throws(SpawnError) {
        self.ended = ended
        self.after = after
        self.tail = tail
        var request = request
        if let tail {
            request.standardOutput = tail.writer
            request.standardError = tail.writer
        }
        tree = try containment.spawn(request) { [self] event in observe(event) }
        tail?.begin()
    }

    /// Ends it and everything that it has started: asks first, and kills what is left a moment later, or at the end of
    /// the run. `ended` follows.
    func stop() {
        guard !isStopping else { return }
        isStopping = true
        try? tree?.signal(SignalNumber.term.rawValue, to: .tree)
        try? tree?.signal(SignalNumber.cont.rawValue, to: .tree)
        after(Self.grace) { [weak self] in self?.kill() }
    }

    private func kill() {
        try? tree?.kill()
    }

    private func observe(_ event: TreeEvent) {
        switch event {
        case .mainExited(let status, _, let treeIsEmpty):
            self.status = status
            if treeIsEmpty { finish() } else { kill() }
        case .emptied:
            finish()
        case .escaped:
            break
        }
    }

    private func finish() {
        tree?.release()
        tree = nil
        ended(status, tail?.finish())
    }
}
