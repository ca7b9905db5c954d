internal import PkrunEvents
package import PkrunPlan

/// The ending of one process tree as a value.
///
/// A tree has ended when it is empty and its main process has been reaped, never before. Once asked to stop, the ladder
/// goes on until the tree is empty, whichever process remains, and ends in the kill of the tree. One timer is enough.
package struct Teardown: Equatable, Sendable {
    /// How long processes may outlive their main process before that counts as leaving them behind. Process
    /// substitutions and the tails of pipelines end a moment after the shell that started them.
    package static let linger = Duration.milliseconds(100)
    /// The pause between two kills of a tree that will not become empty.
    package static let killInterval = Duration.seconds(1)
    /// So many kills are tried before the tree is abandoned.
    package static let killLimit = 10

    private enum State: Equatable {
        /// Nobody has asked for an end. To `lingering`, `waiting`, `asked`, `killing`, `drained`.
        case running
        /// The main process has ended, others have not; they have a moment. To `asked`, `killing`, `drained`.
        case lingering
        /// The main process has ended, the others may take their time. To `asked`, `killing`, `drained`.
        case waiting
        /// A step of the ladder, counted from 0, is under way. To `asked` with the next step, `killing`, `drained`.
        case asked(step: Int)
        /// The tree has been killed so many times. To `killing` once more, `drained`.
        case killing(times: Int)
        /// Nothing is left to be done. Final.
        case drained
    }

    /// May be replaced until the stop begins.
    package var ladder: [StopStep]
    private let leaks: LeakPolicy
    private var state = State.running
    private var mainHasExited = false
    private var treeIsEmpty = false

    package init(ladder: [StopStep], leaks: LeakPolicy) {
        self.ladder = ladder
        self.leaks = leaks
    }

    /// Takes in what happened. Input that does not fit the state (a timer that was disarmed, a second stop) is ignored.
    ///
    /// - Returns: what is to be done, in this order. There is exactly one `drain`, and nothing after it.
    package mutating func handle(_ input: TeardownInput) -> [TeardownAction] {
        guard state != .drained else { return [] }
        switch input {
        case .mainExited(let isEmpty): return mainExited(treeIsEmpty: isEmpty)
        case .emptied: return emptied()
        case .stop: return stop()
        case .kill: return treeIsEmpty || isKilling ? [] : kill()
        case .timer: return treeIsEmpty ? [] : ranOut()
        }
    }

    private mutating func mainExited(treeIsEmpty isEmpty: Bool) -> [TeardownAction] {
        guard !mainHasExited else { return [] }
        mainHasExited = true
        if isEmpty || treeIsEmpty { return emptied() }
        guard state == .running else { return [] }
        if leaks == .wait {
            state = .waiting
            return []
        }
        state = .lingering
        return [.arm(Self.linger)]
    }

    /// The tree is empty, which is the end once the main process has been reaped.
    private mutating func emptied() -> [TeardownAction] {
        var actions: [TeardownAction] = []
        if hasTimer { actions.append(.disarm) }
        treeIsEmpty = true
        guard mainHasExited else { return actions }
        actions.append(.drain(end))
        state = .drained
        return actions
    }

    private mutating func stop() -> [TeardownAction] {
        switch state {
        case .running, .lingering, .waiting: treeIsEmpty ? [] : ask(from: 0)
        case .asked, .killing, .drained: []
        }
    }

    private mutating func ranOut() -> [TeardownAction] {
        switch state {
        case .running, .waiting, .drained: return []
        case .lingering: return [.listLeftBehind] + kill()
        case .asked(let step): return ask(from: step + 1)
        case .killing(Self.killLimit):
            state = .drained
            return [.drain(.abandoned)]
        case .killing(let times):
            state = .killing(times: times + 1)
            return [.killTree, .arm(Self.killInterval)]
        }
    }

    /// Begins the step, or the next one that anybody is there to hear, or the kill where there is none.
    private mutating func ask(from first: Int) -> [TeardownAction] {
        for step in ladder.indices.dropFirst(first) {
            if case .signal(_, to: .main, wait: _) = ladder[step], mainHasExited { continue }
            state = .asked(step: step)
            return [.ask(ladder[step]), .arm(ladder[step].wait)]
        }
        return kill()
    }

    private mutating func kill() -> [TeardownAction] {
        state = .killing(times: 1)
        return [.killTree, .arm(Self.killInterval)]
    }

    private var isKilling: Bool { if case .killing = state { true } else { false } }

    private var hasTimer: Bool {
        switch state {
        case .lingering, .asked, .killing: !treeIsEmpty
        case .running, .waiting, .drained: false
        }
    }

    /// How the tree became empty.
    private var end: TreeEnd {
        switch state {
        case .running, .lingering, .waiting, .drained: .byItself
        case .asked(let step): .step(step)
        case .killing: .killed
        }
    }
}
