internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// Which step of a start failed, on what, and why.
@Suite struct SpawnErrorTests {
    @Test(arguments: Engine.mechanisms)
    func programThatIsNotThere(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        for name in ["no-such-program", "/no/such/program", "./no-such-program", ""] {
            let expected = SpawnError(step: .execute, subject: name, errorNumber: ErrorNumber.noEntry)
            #expect(throws: expected) { try engine.start(engine.request([name])) }
        }
    }

    @Test(arguments: Engine.mechanisms)
    func programThatMayNotBeExecuted(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let expected = SpawnError(step: .execute, subject: "passwd", errorNumber: ErrorNumber.accessDenied)
        #expect(throws: expected) {
            try engine.start(engine.request(["passwd"], environment: ["PATH=/nowhere:/etc:/nowhere"]))
        }
    }

    @Test(arguments: Engine.mechanisms)
    func directoryThatIsNotThere(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        for (path, reason) in [("/no/such/place", ErrorNumber.noEntry), ("/etc/passwd", ErrorNumber.notDirectory)] {
            let expected = SpawnError(step: .workingDirectory, subject: path, errorNumber: reason)
            #expect(throws: expected) { try engine.start(engine.request(["true"], in: path)) }
        }
    }

    @Test(arguments: Engine.mechanisms)
    func streamThatIsNotOpen(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let error = try #require(throws: SpawnError.self) {
            try engine.start(engine.request(["true"], output: 1_000_000))
        }
        #expect(error.step == .standardStreams)
    }

    @Test(arguments: Engine.mechanisms)
    func terminalThatIsNone(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        var request = engine.request(["true"])
        request.terminal = request.standardOutput
        let error = try #require(throws: SpawnError.self) { try engine.start(request) }
        #expect(error.step == .controllingTerminal)
    }

    @Test(
        .enabled(if: CurrentProcess.effectiveUserID != 0, "root may take any identity"),
        arguments: Engine.mechanisms
    )
    func identityThatMayNotBeTaken(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let stranger = SpawnRequest.Credentials(userID: 0, groupID: 0, groups: [0])
        let expected = SpawnError(step: .setGroups, subject: "0", errorNumber: ErrorNumber.notPermitted)
        #expect(throws: expected) { try engine.start(engine.request(["true"], as: stranger)) }
    }

    @Test("A failed start leaves nothing that hinders the next", arguments: Engine.mechanisms)
    func failuresAreForgotten(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        for _ in 0..<20 {
            #expect(throws: SpawnError.self) { try engine.start(engine.request(["no-such-program"])) }
            #expect(try engine.output(ofShell: "echo fine") == "fine\n")
        }
    }
}
