internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// Children of this process that something else has started.
@Suite struct AdoptionTests {
    /// A child of this process, started and reaped beside any containment.
    private final class Outsider {
        let processID: Int32
        private let descriptor: ProcessDescriptor
        private var isReaped = false

        init(_ script: String) throws {
            let request = SpawnRequest(
                arguments: ["sh", "-c", script],
                environment: [Engine.path],
                workingDirectory: "/",
                standardInput: 2,
                standardOutput: 2,
                standardError: 2
            )
            guard case .started(let processID, let descriptor?) = try ProcessSpawner().spawn(request, in: .here) else {
                throw DeadlinePassed(what: "the start of an outsider")
            }
            self.processID = processID
            self.descriptor = descriptor
        }

        var childCount: Int { ProcessRecord.all().count { $0.parentID == processID } }

        deinit {
            _ = try? descriptor.send(9)
            _ = reap()
        }

        @discardableResult
        func reap() -> ProcessStatus? {
            guard !isReaped else { return nil }
            isReaped = true
            return ProcessExit.reap(.process(processID), waiting: true)?.status
        }
    }

    private func adopt(_ outsider: Outsider, in engine: Engine) throws -> AdoptedByTest {
        let adopted = AdoptedByTest()
        adopted.tree = try engine.containment.adopt(.child(outsider.processID)) { adopted.events.append($0) }
        return adopted
    }

    private final class AdoptedByTest {
        var tree: (any ProcessTree)?
        var events: [TreeEvent] = []
    }

    @Test("Killed with all that it had before", arguments: Engine.adopting)
    func adopteeIsKilled(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let outsider = try Outsider("setsid sleep 1000 & sleep 1000 & wait")
        try engine.reactor.run(until: { outsider.childCount == 2 }, or: "sleeps")
        let adopted = try adopt(outsider, in: engine)
        #expect(adopted.tree?.members().count == 3)
        #expect(adopted.tree?.members().first?.processID == outsider.processID)
        try adopted.tree?.kill()
        try engine.reactor.run(until: { adopted.events == [.emptied] }, or: "the end")
        #expect(outsider.reap() == .signaled(number: 9, dumpedCore: false))
        adopted.tree?.release()
    }

    @Test("Its starter reaps it", arguments: Engine.adopting)
    func adopteeEndsByItself(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let outsider = try Outsider("sleep 0.05; exit 7")
        let adopted = try adopt(outsider, in: engine)
        try engine.reactor.run(until: { adopted.tree == nil || adopted.events == [.emptied] }, or: "the end")
        #expect(outsider.reap() == .exited(code: 7))
        adopted.tree?.release()
    }

    @Test(arguments: Engine.adopting)
    func suspensionHolds(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let outsider = try Outsider("while :; do :; done")
        let adopted = try adopt(outsider, in: engine)
        try adopted.tree?.suspend()
        try engine.reactor.run(
            until: {
                let before = ProcessRecord(of: outsider.processID)?.clockTicks
                MonotonicClock.sleep(for: .milliseconds(50))
                return before == ProcessRecord(of: outsider.processID)?.clockTicks
            },
            or: "the loop to stand still"
        )
        let before = ProcessRecord(of: outsider.processID)?.clockTicks
        try adopted.tree?.resume()
        try engine.reactor.run(until: { ProcessRecord(of: outsider.processID)?.clockTicks != before }, or: "the loop")
        try adopted.tree?.kill()
        try engine.reactor.run(until: { adopted.events == [.emptied] }, or: "the end")
        outsider.reap()
        adopted.tree?.release()
    }

    @Test("Ended: nothing to do; reaped, or a stranger: an error", arguments: Engine.adopting)
    func endedChildren(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let outsider = try Outsider("exit 0")
        try engine.reactor.run(until: { ProcessRecord(of: outsider.processID)?.isZombie ?? true }, or: "the zombie")
        #expect(try engine.containment.adopt(.child(outsider.processID)) { _ in } == nil)
        outsider.reap()
        for processID in [outsider.processID, 1] {
            let error = try #require(throws: SystemError.self) {
                try engine.containment.adopt(.child(processID)) { _ in }
            }
            #expect(error.errorNumber == ErrorNumber.noChild)
        }
    }
}
