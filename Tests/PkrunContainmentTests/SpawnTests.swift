internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// What a new process gets, and what is said when it cannot be started.
@Suite struct SpawnTests {
    @Test(arguments: Engine.mechanisms)
    func writesToTheStreamsThatItIsGiven(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let both = try engine.output(ofShell: "echo out; echo err >&2")
        #expect(both == "out\nerr\n")
    }
}
