import PkrunContainment
import PkrunSystem

/// A command that serves a job beside its tree: an `exec` probe, or a step of the stop ladder. It has a tree of its own.
final class RunningCommand {
    private var tree: (any ProcessTree)?
    private var succeeded = false
    private let ended: (Bool) -> Void

    /// - Parameter ended: told once, when its tree is empty, whether the command exited with 0. Until then the command
    ///   keeps itself alive.
    init(
        _ request: SpawnRequest,
        in containment: any Containment,
        ended: @escaping (Bool) -> Void
    ) throws(SpawnError) {
        self.ended = ended
        tree = try containment.spawn(request) { [self] event in observe(event) }
    }

    /// Ends it and everything that it has started; `ended` follows.
    func kill() {
        try? tree?.kill()
    }

    private func observe(_ event: TreeEvent) {
        switch event {
        case .mainExited(let status, _, let treeIsEmpty):
            succeeded = status == .exited(code: 0)
            if treeIsEmpty { finish() } else { kill() }
        case .emptied:
            finish()
        }
    }

    private func finish() {
        tree?.release()
        tree = nil
        ended(succeeded)
    }
}
