internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// Limits of a run whose owner lives in a cgroup that must hand its controllers down, as a delegated one must: nothing
/// stays.
@Suite(.enabled(if: TestCgroup.canBeDelegated, "\(TestCgroup.cannotBeDelegated)"))
struct DelegatedLimitTests {
    @Test("The run is closed, whichever guardian it has", arguments: [false, true])
    func closed(guardianIsReplaced: Bool) throws {
        let home = try TestCgroup(limits: true)
        let owner = try owner(in: home)
        if guardianIsReplaced { try replaceGuardian(of: owner) }
        try owner.write("now\n")
        #expect(try owner.readLine() == "survivors 0")
        owner.reap()
        #expect(owner.descendants().isEmpty)
        #expect(home.directories().isEmpty)
        #expect(try home.read("cgroup.subtree_control").isEmpty)
    }

    @Test("The owner is killed, whichever guardian it has", arguments: [false, true])
    func ownerKilled(guardianIsReplaced: Bool) throws {
        let home = try TestCgroup(limits: true)
        let owner = try owner(in: home)
        if guardianIsReplaced { try replaceGuardian(of: owner) }
        owner.kill()
        try owner.waitForDescendantsToEnd()
        #expect(home.directories().isEmpty)
        #expect(try home.read("cgroup.subtree_control").isEmpty)
    }

    private func owner(in home: TestCgroup) throws -> OwnerProcess {
        let file = try home.processFile()
        let script = "echo ready; setsid sleep 1000 & exec sleep 1000"
        let owner = try OwnerProcess(.cgroup, "confine", script, in: .joining(file.borrowed))
        #expect(try owner.readLine() == "ready")
        return owner
    }

    private func replaceGuardian(of owner: OwnerProcess) throws {
        let guardian = try owner.guardian()
        try ProcessDescriptor(of: guardian.processID).send(9)
        _ = try owner.guardian(otherThan: guardian.processID)
    }
}
