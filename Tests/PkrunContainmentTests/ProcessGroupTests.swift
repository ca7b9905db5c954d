internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// What the last resort holds, and what it does not claim.
@Suite struct ProcessGroupTests {
    @Test("The group is signalled, stopped, listed and killed; who leaves it is none of it")
    func theGroupAlone() throws {
        let engine = try Engine(.processGroup)
        let marked = MarkedProcesses()
        let started = try engine.start(
            engine.request(
                ["sh", "-c", "setsid sleep 1000 & sleep 1001 & exec sleep 1002"],
                environment: [Engine.path, marked.mark]
            )
        )
        try started.wait("three sleeps") { marked.living().count { $0.name == "sleep" } == 3 }
        #expect(Set(started.members().map(\.command)) == ["sleep 1001", "sleep 1002"])
        try started.tree?.suspend()
        try started.tree?.resume()
        try started.tree?.signal(15, to: .main)
        try started.waitUntilMainExited()
        #expect(started.status == .signaled(number: 15, dumpedCore: false))
        #expect(started.members().map(\.command) == ["sleep 1001"])
        try started.tree?.kill()
        try started.waitUntilEmpty()
        started.tree?.release()
        #expect(engine.containment.close() == 0)
        #expect(Mechanism.processGroup.guarantee.contains("survives"))
        // It says so, and so it is.
        let survivors = marked.living()
        #expect(survivors.map(\.commandLine) == ["sleep 1000"])
        for survivor in survivors { try ProcessDescriptor(of: survivor.processID).send(9) }
    }

    @Test func aProgramIsRunToItsEnd() throws {
        let engine = try Engine(.processGroup)
        #expect(try engine.output(ofShell: "echo fine; exit 3") == "fine\n")
        #expect(throws: SpawnError.self) { try engine.start(engine.request(["no-such-program"])) }
        #expect(engine.containment.close() == 0)
    }
}
