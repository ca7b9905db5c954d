internal import PkrunEvents
internal import PkrunPlan
internal import PkrunTeardown
internal import Testing

/// Every order of inputs that a tree can bring about, breadth first until no new state appears.
@Suite struct TeardownExplorationTests {
    /// A teardown, and what an onlooker knows of its tree.
    private struct Position: Equatable {
        var teardown: Teardown
        var mainIsReaped = false
        var treeIsEmpty = false
        var hasTimer = false
        var kills = 0
        var isDrained = false

        /// What can happen now. Stop and kill can at any time, also when they come too late.
        var possibleInputs: [TeardownInput] {
            var inputs: [TeardownInput] = [.stop, .kill]
            if !mainIsReaped {
                // The engine may have told before that the tree is empty.
                inputs += [.mainExited(treeIsEmpty: true), .mainExited(treeIsEmpty: false)]
            }
            if !treeIsEmpty { inputs.append(.emptied) }
            if hasTimer { inputs.append(.timer) }
            return inputs
        }

        /// Takes the input and judges the actions.
        func after(_ input: TeardownInput) throws -> Position {
            var next = self
            if input == .timer { next.hasTimer = false }
            if input == .emptied || input == .mainExited(treeIsEmpty: true) { next.treeIsEmpty = true }
            if case .mainExited = input { next.mainIsReaped = true }
            for action in next.teardown.handle(input) { try next.observe(action, after: input) }
            if next.treeIsEmpty { try #require(!next.hasTimer, "a timer runs although the tree is empty") }
            if next.treeIsEmpty, next.mainIsReaped { try #require(next.isDrained, "nothing is left and no end") }
            if input == .kill, !next.treeIsEmpty, !next.isDrained { try #require(next.kills > 0, "the kill was lost") }
            return next
        }

        private mutating func observe(_ action: TeardownAction, after input: TeardownInput) throws {
            try #require(!isDrained, "\(action) after the end")
            switch action {
            case .ask(let step):
                try #require(kills == 0 && !treeIsEmpty, "a step for the killed or gone")
                if case .signal(_, to: .main, wait: _) = step {
                    try #require(!mainIsReaped, "a signal to a process that was reaped")
                }
            case .listLeftBehind: try #require(kills == 0 && !treeIsEmpty, "the killed or gone are listed")
            case .killTree:
                try #require(!treeIsEmpty, "an empty tree is killed")
                try #require(kills == 0 || input == .timer, "killed again before its time")
                kills += 1
            case .arm: hasTimer = true
            case .disarm:
                try #require(hasTimer, "disarmed what was not armed")
                hasTimer = false
            case .drain(let end):
                let isOver = end == .abandoned ? kills == Teardown.killLimit : treeIsEmpty && mainIsReaped
                try #require(isOver, "ended before its time: \(end)")
                try #require((end == .killed) == (kills > 0) || end == .abandoned, "not the end: \(end)")
                isDrained = true
            }
        }
    }

    private static let ladders: [[StopStep]] = [
        [],
        [.signal(.term, to: .tree, wait: .seconds(1))],
        [.signal(.int, to: .main, wait: .seconds(1)), .command(["stop"], wait: .zero)],
        [
            .signal(.int, to: .main, wait: .seconds(1)), .signal(.hup, to: .tree, wait: .seconds(1)),
            .signal(.term, to: .main, wait: .seconds(1)),
        ],
    ]

    /// More than ten times as many positions as there are.
    private static let limit = 600

    @Test(arguments: ladders, LeakPolicy.allCases)
    func everyOrderOfInputsKeepsTheRules(ladder: [StopStep], leaks: LeakPolicy) throws {
        var known = [Position(teardown: Teardown(ladder: ladder, leaks: leaks))]
        var index = 0
        while index < known.count {
            try #require(known.count < Self.limit, "new positions without end")
            let position = known[index]
            for input in position.possibleInputs {
                let next = try position.after(input)
                if !known.contains(next) { known.append(next) }
            }
            try requireAnEnd(from: position)
            index += 1
        }
        #expect(known.count > 20)
    }

    /// From anywhere, a kill and patience come to an end, even of a tree that never becomes empty.
    private func requireAnEnd(from position: Position) throws {
        guard !position.treeIsEmpty else { return }
        var position = try position.after(.kill)
        for _ in 0...Teardown.killLimit where position.hasTimer { position = try position.after(.timer) }
        try #require(position.isDrained, "a tree that is killed and stays is waited for without end")
    }
}
