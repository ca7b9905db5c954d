internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// The life and the end of a whole tree.
@Suite struct TreeTests {
    /// Ways in which a process gets away from a tree that is only a process group or a session.
    enum Escape: String, CaseIterable, Sendable {
        case background = "sleep 1000 &"
        case ownSession = "setsid sleep 1000 &"
        case doubleFork = "(setsid sh -c 'sleep 1000 & exit' &)"
        case deafToSignals = "(trap '' TERM HUP INT; sleep 1000) &"
        case closedStreams = "setsid sleep 1000 <&- >&- 2>&- &"
    }

    @Test("What outlives the main process is told of, and killed", arguments: Engine.mechanisms, Escape.allCases)
    func whatIsLeftIsKilled(_ mechanism: Mechanism, _ escape: Escape) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let marked = MarkedProcesses()
        let started = try engine.start(
            engine.request(["sh", "-c", "\(escape.rawValue)\nexit 3"], environment: [Engine.path, marked.mark])
        )
        try started.waitUntilMainExited()
        #expect(started.status == .exited(code: 3))
        #expect(!started.isEmpty)
        try started.wait("the survivor to be a sleep") { marked.living().contains { $0.name == "sleep" } }
        #expect(started.members().map(\.processID).sorted() == marked.living().map(\.processID).sorted())

        try started.tree?.kill()
        try started.waitUntilEmpty()
        #expect(started.events.last == .emptied)
        #expect(started.events.count == 2)
        #expect(marked.living().isEmpty)
        #expect(started.members().isEmpty)
        started.tree?.release()
    }

    @Test("The end of the last process is noticed when nobody asks for it", arguments: Engine.mechanisms)
    func whatIsLeftMayEndByItself(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let pipe = try Pipe()
        let started = try engine.start(
            engine.request(["sh", "-c", "(setsid sh -c 'read line' &) ; exit 0"], input: pipe.readEnd.number)
        )
        try started.waitUntilMainExited()
        guard !started.isEmpty else { return }
        _ = pipe.split { readEnd, _ in readEnd }
        try started.waitUntilEmpty()
        #expect(started.events.last == .emptied)
        started.tree?.release()
    }

    @Test(arguments: Engine.mechanisms)
    func killEndsTheMainProcessToo(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let started = try engine.start(shell: "trap '' TERM; sleep 1000 & wait")
        try started.tree?.kill()
        try started.waitUntilEmpty()
        #expect(started.status == .signaled(number: 9, dumpedCore: false))
        // Both are no error on what is empty already.
        try started.tree?.kill()
        try started.tree?.signal(15, to: .tree)
        try started.tree?.signal(15, to: .main)
        started.tree?.release()
    }

    @Test(arguments: Engine.mechanisms)
    func usageCountsTheWholeTree(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let busy = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done"
        for _ in 0..<2 {
            let started = try engine.start(shell: "(\(busy)) & (\(busy)) & wait")
            try started.waitUntilEmpty()
            let usage = try #require(started.tree?.usage())
            #expect(usage.cpuTime > .milliseconds(10))
            #expect(usage.cpuTime < .seconds(30))
            #expect(usage.peakMemory > 100_000)
            started.tree?.release()
        }
        // A cgroup that is used again starts from nothing.
        let idle = try engine.start(shell: "exit 0")
        try idle.waitUntilEmpty()
        #expect(try #require(idle.tree?.usage()).cpuTime < .seconds(5))
    }

    @Test("Known while it lives and after a natural end", arguments: Engine.mechanisms)
    func statistics(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let started = try engine.start(shell: "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; sleep 1000 & wait")
        try started.wait("the sleep") { started.members().contains { $0.name == "sleep" } }
        let living = try #require(started.tree?.statistics())
        #expect(living.processes == 2)
        #expect(living.memory > 100_000 && living.peakMemory > 100_000)
        #expect(started.members().map(\.name).sorted() == ["sh", "sleep"])
        #expect(started.members().allSatisfy { $0.startTime > .zero })
        try started.tree?.signal(15, to: .tree)
        try started.waitUntilEmpty()
        let ended = try #require(started.tree?.statistics())
        #expect(ended.processes == 0 && ended.memory == 0)
        #expect(ended.cpuTime > .zero && ended.peakMemory > 100_000)
        started.tree?.release()
    }
}
