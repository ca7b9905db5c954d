internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// Trees that are hard to end, and each way in which they have to.
@Suite("B17: torture", .serialized) struct TortureTests {
    /// What `pkrun-test-bomb` makes of itself.
    enum Shape: String, CaseIterable, Sendable {
        /// Ten thousand processes, some in sessions of their own, some orphaned.
        case tree = "tree 10000"
        /// Sixteen processes that go on as their own children, in new sessions, as fast as they can.
        case comets = "comets 16"
        case zombies = "zombies 500"
        case stopped = "stopped 100"
        /// Job control does not reach what is in a tracing stop.
        case tracee = "tracee"
        /// In state D until its child executes, which it does not.
        case waitingForChild = "vfork"
        /// Waiting in open(2).
        case waitingForReader = "fifo"
    }

    @Test("Killed", arguments: Engine.mechanisms, Shape.allCases)
    func killed(_ mechanism: Mechanism, _ shape: Shape) throws {
        let scenario = try Scenario()
        let engine = try Engine(mechanism)
        let marked = MarkedProcesses()
        let output = try Pipe()
        let command = ["sh", "-c", Self.command(shape, scenario)]
        let started = try engine.start(
            engine.request(command, environment: [Engine.path, marked.mark], output: output.writeEnd.number)
        )
        var line = [UInt8](repeating: 0, count: 64)
        #expect(try output.readEnd.borrowed.read(into: &line) ?? 0 >= 6)
        try started.tree?.kill()
        try started.waitUntilEmpty()
        #expect(marked.living().isEmpty)
        started.tree?.release()
        #expect(engine.containment.close() == 0)
    }

    @Test("Left to the end of the run", arguments: Engine.mechanisms, Shape.allCases)
    func leftToTheEnd(_ mechanism: Mechanism, _ shape: Shape) throws {
        let scenario = try Scenario()
        let owner = try OwnerProcess(mechanism, "close", Self.command(shape, scenario))
        #expect(try owner.readLine() == "ready")
        try owner.write("now\n")
        #expect(try owner.lastLine() == "survivors 0")
        owner.reap()
        #expect(owner.descendants().isEmpty)
    }

    @Test("The owner is killed", arguments: Engine.mechanisms, Shape.allCases)
    func ownerKilled(_ mechanism: Mechanism, _ shape: Shape) throws {
        let scenario = try Scenario()
        let owner = try OwnerProcess(mechanism, "keep", Self.command(shape, scenario))
        #expect(try owner.readLine() == "ready")
        owner.kill()
        try owner.waitForDescendantsToEnd()
        // Another run may be between making its cgroup and locking it.
        #expect(eventually { TestCgroup.leftovers().isEmpty })
    }

    @Test("A thousand trees at once", arguments: Engine.mechanisms)
    func manyTrees(_ mechanism: Mechanism) throws {
        let owner = try OwnerProcess(mechanism, "many", "setsid sleep 1000 & exec sleep 1000")
        #expect(try owner.readLine() == "living 1000")
        #expect(try owner.readLine() == "emptied 1000")
        #expect(try owner.readLine() == "survivors 0")
        owner.reap()
        #expect(owner.descendants().isEmpty)
    }

    @Test("A fork bomb within limits: the end", .enabled(if: Engine.childrenKeepLimits, "\(Engine.noLimits)"))
    func forkBomb() throws {
        let owner = try OwnerProcess(.cgroup, "confine", Self.forkBomb)
        #expect(try owner.readLine() == "ready")
        let run = try RunDirectories(of: owner)
        let bombs = owner.descendants().filter { $0.name == "pkrun-test-bomb" }
        #expect(bombs.count > 150 && bombs.count <= 200)
        // The machine has room for others meanwhile.
        let engine = try Engine(.cgroup)
        #expect(try engine.output(ofShell: "sh -c 'sh -c \"echo fine\"'") == "fine\n")
        #expect(engine.containment.close() == 0)
        try owner.write("now\n")
        #expect(try owner.lastLine() == "survivors 0")
        owner.reap()
        #expect(owner.descendants().isEmpty)
        #expect(run.slices().isEmpty && run.legacy().isEmpty)
    }

    @Test(
        "A fork bomb within limits: its owner is killed",
        .enabled(if: Engine.childrenKeepLimits, "\(Engine.noLimits)")
    )
    func forkBombOutlivesNobody() throws {
        let owner = try OwnerProcess(.cgroup, "confine", Self.forkBomb)
        #expect(try owner.readLine() == "ready")
        let run = try RunDirectories(of: owner)
        owner.kill()
        try owner.waitForDescendantsToEnd()
        #expect(run.slices().isEmpty && run.legacy().isEmpty)
    }

    private static let forkBomb = "exec \(BuiltProgram.path("pkrun-test-bomb")) forks"

    private static func command(_ shape: Shape, _ scenario: Scenario) -> String {
        "exec \(BuiltProgram.path("pkrun-test-bomb")) \(shape.rawValue) \(scenario.path("fifo"))"
    }
}
