internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// What a new process has from the kernel.
@Suite struct SpawnAttributeTests {
    @Test(arguments: Engine.mechanisms)
    func maskAndPriorityAndLimits(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let text = try engine.output { output in
            let script = "umask; nice; ulimit -Sn; ulimit -Hn; ulimit -c"
            var request = engine.request(["sh", "-c", script], output: output)
            request.attributes = ProcessAttributes(
                fileModeMask: 0o077,
                niceness: 5,
                limits: [ResourceLimit(.nofile, soft: 50, hard: 60), ResourceLimit(.core, soft: 0, hard: 0)]
            )
            return request
        }
        #expect(text == "0077\n5\n50\n60\n0\n")
    }

    @Test(arguments: Engine.mechanisms)
    func nameAndIOPriority(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let text = try engine.output { output in
            var request = engine.request(["another-name", "-c", "echo $0; ionice"], output: output)
            request.program = "sh"
            request.attributes.ioPriority = .bestEffort(level: 6)
            return request
        }
        #expect(text == "another-name\nbest-effort: prio 6\n")
        var missing = engine.request(["sh"])
        missing.program = "no-such-program"
        let error = SpawnError(step: .execute, subject: "no-such-program", errorNumber: ErrorNumber.noEntry)
        #expect(throws: error) { try engine.start(missing) }
    }

    @Test(arguments: Engine.mechanisms)
    func whatCannotBeHadFailsTheStart(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        var request = engine.request(["true"])
        request.attributes.limits = [ResourceLimit(.nofile, soft: 9, hard: 8)]
        let limits = SpawnError(step: .setLimits, subject: "nofile 9:8", errorNumber: ErrorNumber.invalid)
        #expect(throws: limits) { try engine.start(request) }
        request.attributes = ProcessAttributes(processors: [100_000])
        let processors = SpawnError(step: .setProcessors, subject: "100000", errorNumber: ErrorNumber.invalid)
        #expect(throws: processors) { try engine.start(request) }
        request.attributes = ProcessAttributes(ioPriority: .bestEffort(level: 8))
        let priority = SpawnError(step: .setIOPriority, subject: "best-effort 8", errorNumber: ErrorNumber.invalid)
        #expect(throws: priority) { try engine.start(request) }
    }
}
