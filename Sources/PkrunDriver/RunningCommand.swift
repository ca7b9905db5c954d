import PkrunContainment
import PkrunSystem

/// A command that serves a job beside its tree: an `exec` probe, or a step of the stop ladder. It has a tree of its own.
final class RunningCommand {
    private var tree: (any ProcessTree)?
    private var status = ProcessStatus.exited(code: 0)
    private let tail: CommandTail?
    private let ended: (ProcessStatus, _ lastLine: String?) -> Void

    /// - Parameters:
    ///   - tail: takes what the command writes, where anybody wants to know.
    ///   - ended: told once, when its tree is empty, how the command ended. Until then it keeps itself alive.
    init(
        _ request: SpawnRequest,
        in containment: any Containment,
        tail: CommandTail? = nil,
        ended: @escaping (ProcessStatus, _ lastLine: String?) -> Void
    ) throws(SpawnError) {
        self.ended = ended
        self.tail = tail
        var request = request
        if let tail {
            request.standardOutput = tail.writer
            request.standardError = tail.writer
        }
        tree = try containment.spawn(request) { [self] event in observe(event) }
        tail?.begin()
    }

    /// Ends it and everything that it has started; `ended` follows.
    func kill() {
        try? tree?.kill()
    }

    private func observe(_ event: TreeEvent) {
        switch event {
        case .mainExited(let status, _, let treeIsEmpty):
            self.status = status
            if treeIsEmpty { finish() } else { kill() }
        case .emptied:
            finish()
        }
    }

    private func finish() {
        tree?.release()
        tree = nil
        ended(status, tail?.finish())
    }
}
