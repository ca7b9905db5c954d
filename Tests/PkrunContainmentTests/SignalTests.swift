internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// Whom a signal reaches, and who is listed.
@Suite struct SignalTests {
    @Test(arguments: Engine.mechanisms)
    func toTheMainProcessAlone(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let marked = MarkedProcesses()
        let started = try engine.start(
            engine.request(
                ["sh", "-c", "setsid sleep 1000 & exec sleep 1000"],
                environment: [Engine.path, marked.mark]
            )
        )
        try started.wait("both") { marked.living().count { $0.name == "sleep" } == 2 }
        try started.tree?.signal(15, to: .main)
        try started.waitUntilMainExited()
        #expect(started.status == .signaled(number: 15, dumpedCore: false))
        #expect(!started.isEmpty)
        #expect(started.members().map(\.command) == ["sleep 1000"])
        try started.tree?.signal(15, to: .tree)
        try started.waitUntilEmpty()
        started.tree?.release()
    }

    @Test("B4: a signal reaches all of a tree that forks meanwhile", arguments: Engine.mechanisms)
    func toAForkingTree(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let marked = MarkedProcesses()
        let script = """
            i=0; while [ $i -lt 8 ]; do (while :; do setsid sleep 0; done) & i=$((i+1)); done
            i=0; while [ $i -lt 30 ]; do setsid sleep 1000 & i=$((i+1)); done
            while :; do sleep 0; done
            """
        for _ in 0..<5 {
            let started = try engine.start(
                engine.request(["sh", "-c", script], environment: [Engine.path, marked.mark])
            )
            try started.wait("the tree to grow") { marked.living().count > 38 }
            try started.tree?.signal(15, to: .tree)
            try started.waitUntilEmpty()
            #expect(marked.living().isEmpty)
            started.tree?.release()
        }
    }

    @Test(arguments: Engine.mechanisms)
    func membersAreListedWithTheirParents(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let started = try engine.start(shell: "sleep 1001 & setsid sleep 1002 & exec sleep 1000")
        // While a program is being executed a process has no command line, and is known by its name alone.
        try started.wait("three sleeps") { started.members().count { $0.command.hasPrefix("sleep 1") } == 3 }
        let members = started.members()
        #expect(members.count == 3)
        #expect(members.first?.command == "sleep 1000")
        #expect(members.first?.processID == started.tree?.mainProcess)
        #expect(Set(members.map(\.command)) == ["sleep 1000", "sleep 1001", "sleep 1002"])
        #expect(members.dropFirst().allSatisfy { $0.parentID == started.tree?.mainProcess })
        try started.tree?.kill()
        try started.waitUntilEmpty()
        started.tree?.release()
    }
}
