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

    @Test("A PID namespace is for the user to want")
    func theStrongestIsTaken() throws {
        let containment = try chain().select()
        #expect(containment.mechanism == Engine.adopting.first)
        #expect(containment.close() == 0)
    }

    @Test("A demand is met exactly, or refused with the reason", arguments: Mechanism.allCases)
    func demandIsNeverMetWithLess(_ mechanism: Mechanism) throws {
        do {
            let containment = try chain().select(mechanism)
            #expect(containment.mechanism == mechanism)
            #expect(containment.close() == 0)
        } catch {
            let refusal = try #require(error as? ContainmentUnavailable)
            #expect(refusal.demand == mechanism)
            #expect(refusal.obstacles.map(\.mechanism) == [mechanism])
        }
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
