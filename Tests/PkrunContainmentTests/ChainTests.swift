internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// Which mechanism is taken, and what is said of the others.
@Suite struct ChainTests {
    private func chain() throws -> ContainmentChain {
        let reactor = try Reactor()
        return ContainmentChain(reactor: reactor, reaper: try Reaper(reactor: reactor, scope: .watchedChildren))
    }

    @Test func theStrongestIsTaken() throws {
        let containment = try chain().select()
        #expect(containment.mechanism == Engine.mechanisms.first)
        #expect(containment.close() == 0)
    }

    @Test func demandIsNeverMetWithLess() throws {
        let error = try #require(throws: ContainmentUnavailable.self) { try chain().select(.pidNamespace) }
        #expect(error.demand == .pidNamespace)
        #expect(error.obstacles.map(\.mechanism) == [.pidNamespace])
    }

    @Test(.enabled(if: !Engine.offersCgroup, "a writable cgroup2 is here"))
    func missingCgroupIsExplained() throws {
        let error = try #require(throws: ContainmentUnavailable.self) { try chain().select(.cgroup) }
        let obstacle = try #require(error.obstacles.first)
        #expect(!obstacle.reason.isEmpty && !obstacle.remedy.isEmpty)
    }

    @Test func surveyCoversEveryMechanism() throws {
        let findings = try chain().survey()
        #expect(findings.map(\.mechanism) == Mechanism.allCases)
        #expect(findings.contains { $0.mechanism == .subreaper && $0.obstacle == nil })
    }
}
