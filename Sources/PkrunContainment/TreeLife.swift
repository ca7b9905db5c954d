internal import PkrunSystem

/// What the observer of one tree has been told, and so what it may still be told.
struct TreeLife: Equatable {
    private enum State: Equatable {
        /// The main process lives: to `draining` or `empty`.
        case running
        /// The main process is reaped or is not ours to reap, others live: to `empty`.
        case draining
        /// Nothing lives. The last.
        case empty
    }

    private var state: State

    /// - Parameter hasMain: whether there is a main process to be reaped here; an adopted tree has none.
    init(hasMain: Bool = true) {
        state = hasMain ? .running : .draining
    }

    var mainIsAlive: Bool { state == .running }
    var isEmpty: Bool { state == .empty }

    mutating func mainExited(_ exit: ProcessExit, treeIsEmpty: Bool) -> TreeEvent? {
        guard state == .running else { return nil }
        state = treeIsEmpty ? .empty : .draining
        return .mainExited(exit.status, exit.usage, treeIsEmpty: treeIsEmpty)
    }

    /// No process is left. While the main process is not reaped yet this says nothing: its exit will.
    mutating func emptied() -> TreeEvent? {
        guard state == .draining else { return nil }
        state = .empty
        return .emptied
    }
}
