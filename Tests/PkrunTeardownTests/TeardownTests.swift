internal import PkrunEvents
internal import PkrunPlan
internal import PkrunTeardown
internal import Testing

@Suite struct TeardownTests {
    private let ladder: [StopStep] = [
        .signal(.int, to: .main, wait: .seconds(5)),
        .command(["pg_ctl", "stop"], wait: .seconds(3)),
        .signal(.term, to: .tree, wait: .seconds(2)),
    ]

    private func tree(_ leaks: LeakPolicy = .kill) -> Teardown { Teardown(ladder: ladder, leaks: leaks) }

    /// The actions that the last of the inputs leads to.
    private func last(_ inputs: [TeardownInput], of teardown: Teardown) -> [TeardownAction] {
        var teardown = teardown
        return inputs.reduce([]) { _, input in teardown.handle(input) }
    }

    private let killAndWait: [TeardownAction] = [.killTree, .arm(Teardown.killInterval)]

    @Test func aTreeThatEndsByItselfNeedsNothing() {
        #expect(last([.mainExited(treeIsEmpty: true)], of: tree()) == [.drain(.byItself)])
    }

    @Test func theEndIsWhenTheTreeIsEmptyAndTheMainProcessReaped() {
        #expect(last([.emptied], of: tree()) == [])
        #expect(last([.emptied, .mainExited(treeIsEmpty: true)], of: tree()) == [.drain(.byItself)])
        #expect(last([.emptied, .mainExited(treeIsEmpty: false)], of: tree()) == [.drain(.byItself)])
    }

    @Test func processesMayOutliveTheirMainProcessForAMoment() {
        let exited = TeardownInput.mainExited(treeIsEmpty: false)
        #expect(last([exited], of: tree()) == [.arm(Teardown.linger)])
        #expect(last([exited, .emptied], of: tree()) == [.disarm, .drain(.byItself)])
    }

    @Test(arguments: [LeakPolicy.kill, .warn, .fail]) func whatIsLeftBehindIsNamedThenKilled(policy: LeakPolicy) {
        let inputs: [TeardownInput] = [.mainExited(treeIsEmpty: false), .timer]
        #expect(last(inputs, of: tree(policy)) == [.listLeftBehind] + killAndWait)
        #expect(last(inputs + [.emptied], of: tree(policy)) == [.disarm, .drain(.killed)])
    }

    @Test func underWaitTheRestMayTakeItsTimeUntilAStop() {
        let exited = TeardownInput.mainExited(treeIsEmpty: false)
        #expect(last([exited], of: tree(.wait)) == [])
        #expect(last([exited, .emptied], of: tree(.wait)) == [.drain(.byItself)])
        #expect(last([exited, .stop], of: tree(.wait)) == [.ask(ladder[1]), .arm(.seconds(3))])
    }

    @Test func theLadderIsClimbedStepByStepAndEndsInTheKill() {
        var tree = tree()
        #expect(tree.handle(.stop) == [.ask(ladder[0]), .arm(.seconds(5))])
        #expect(tree.handle(.stop) == [])
        #expect(tree.handle(.timer) == [.ask(ladder[1]), .arm(.seconds(3))])
        #expect(tree.handle(.timer) == [.ask(ladder[2]), .arm(.seconds(2))])
        #expect(tree.handle(.timer) == killAndWait)
        #expect(tree.handle(.emptied) == [.disarm])
        #expect(tree.handle(.mainExited(treeIsEmpty: true)) == [.drain(.killed)])
    }

    @Test func theLadderGoesOnAfterTheMainProcessHasEnded() {
        var tree = tree()
        _ = tree.handle(.stop)
        #expect(tree.handle(.mainExited(treeIsEmpty: false)) == [])
        #expect(tree.handle(.timer) == [.ask(ladder[1]), .arm(.seconds(3))])
        #expect(tree.handle(.emptied) == [.disarm, .drain(.step(1))])
    }

    @Test func aStepThatNobodyIsThereToHearIsLeftOut() {
        let inputs: [TeardownInput] = [.mainExited(treeIsEmpty: false), .stop]
        #expect(last(inputs, of: tree()) == [.ask(ladder[1]), .arm(.seconds(3))])
        let deaf = Teardown(ladder: [.signal(.int, to: .main, wait: .seconds(5))], leaks: .kill)
        #expect(last(inputs, of: deaf) == killAndWait)
    }

    @Test func anEmptyLadderKills() {
        #expect(last([.stop], of: Teardown(ladder: [], leaks: .kill)) == killAndWait)
    }

    @Test func aKillNeedsNoLadder() {
        #expect(last([.kill], of: tree()) == killAndWait)
        #expect(last([.stop, .kill], of: tree()) == killAndWait)
        #expect(last([.stop, .kill, .kill], of: tree()) == [])
        #expect(last([.stop, .kill, .stop], of: tree()) == [])
    }

    @Test func aTreeThatCannotBeKilledIsAbandonedAfterTenTries() {
        var tree = tree()
        _ = tree.handle(.kill)
        for _ in 1..<Teardown.killLimit { #expect(tree.handle(.timer) == killAndWait) }
        #expect(tree.handle(.timer) == [.drain(.abandoned)])
        #expect(tree.handle(.emptied) == [])
    }
}
