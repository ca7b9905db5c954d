internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// Trees that stand still.
@Suite struct SuspensionTests {
    private static let ticker = "trap \"echo caught; exit\" TERM; while :; do echo tick; sleep 0.01; done"

    /// A ticking tree and the pipe that it ticks into.
    private func withTicker(
        _ mechanism: Mechanism,
        _ body: (StartedTree, _ ticks: () throws -> Int) throws -> Void
    ) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let pipe = try Pipe()
        let script = "setsid sh -c '\(Self.ticker)' & wait"
        let request = engine.request(["sh", "-c", script], output: pipe.writeEnd.number)
        let started = try engine.start(request)
        let readEnd = pipe.split { readEnd, _ in readEnd }
        try readEnd.borrowed.setNonblocking(true)
        func ticks() throws -> Int { try readEnd.borrowed.readAll().count { $0 == UInt8(ascii: "\n") } }
        try started.wait("the first tick") { (try? ticks()) ?? 0 > 0 }
        try body(started, ticks)
        started.tree?.release()
    }

    /// Whether no member does anything for a while.
    private func standsStill(_ started: StartedTree) -> Bool {
        let before = started.tree?.usage().cpuTime
        MonotonicClock.sleep(for: .milliseconds(50))
        return before == started.tree?.usage().cpuTime
    }

    @Test("One resume undoes any number of suspends", arguments: Engine.mechanisms)
    func tickerStopsAndGoesOn(_ mechanism: Mechanism) throws {
        try withTicker(mechanism) { started, ticks in
            for _ in 0..<3 { try started.tree?.suspend() }
            try started.wait("the tree to stand still") { standsStill(started) }
            _ = try ticks()
            MonotonicClock.sleep(for: .milliseconds(300))
            #expect(try ticks() == 0)
            #expect(started.members().count >= 2)

            try started.tree?.resume()
            try started.wait("another tick") { (try? ticks()) ?? 0 > 0 }
            try started.tree?.resume()
            try started.tree?.kill()
            try started.waitUntilEmpty()
        }
    }

    @Test(arguments: Engine.mechanisms)
    func suspendedTreeCanBeKilled(_ mechanism: Mechanism) throws {
        try withTicker(mechanism) { started, _ in
            try started.tree?.suspend()
            try started.tree?.kill()
            try started.waitUntilEmpty()
            #expect(started.status == .signaled(number: 9, dumpedCore: false))
        }
    }

    @Test("A signal waits for the resume, and does not undo the suspension", arguments: Engine.mechanisms)
    func signalToASuspendedTree(_ mechanism: Mechanism) throws {
        try withTicker(mechanism) { started, ticks in
            try started.tree?.suspend()
            try started.wait("the tree to stand still") { standsStill(started) }
            _ = try ticks()
            try started.tree?.signal(15, to: .tree)
            try started.wait("the tree to stand still") { standsStill(started) }
            #expect(try ticks() == 0)
            #expect(!started.isEmpty)
            try started.tree?.resume()
            try started.waitUntilEmpty()
            #expect(started.status == .signaled(number: 15, dumpedCore: false))
            #expect(try ticks() == 1, "the trap's line")
        }
    }

    @Test("A suspension ends with its tree", arguments: Engine.mechanisms)
    func nextTreeRuns(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        for _ in 0..<5 {
            let started = try engine.start(shell: "exec sleep 1000")
            try started.tree?.suspend()
            try started.tree?.signal(15, to: .main)
            try started.tree?.resume()
            try started.waitUntilEmpty()
            // No error on what is empty.
            try started.tree?.suspend()
            try started.tree?.resume()
            started.tree?.release()
            #expect(try engine.output(ofShell: "echo fine") == "fine\n")
        }
    }
}
