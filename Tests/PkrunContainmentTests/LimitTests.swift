internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// What everything in a slice together may use.
@Suite("A15: limits", .serialized) struct LimitTests {
    @Test("More processes than may be are not made", .enabled(if: Engine.limits(.pids), "\(Engine.noLimits)"))
    func processes() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let slice = try engine.containment.makeSlice(SliceLimits(processes: 5))
        let pipe = try Pipe()
        let script = "trap 'echo refused; sleep 1000' EXIT; for i in 1 2 3 4 5 6; do sleep 1000 & echo made; done"
        let started = try engine.start(engine.request(["sh", "-c", script], output: pipe.writeEnd.number), in: slice)
        try started.wait("the limit") { slice.report().refusedProcesses > 0 }
        #expect(started.members().count <= 5)
        try started.tree?.kill()
        try started.waitUntilEmpty()
        started.tree?.release()
        slice.release()
        #expect(try RunDirectories(of: engine).slices().isEmpty)
    }

    @Test("Trees of one slice share", .enabled(if: Engine.limits(.pids), "\(Engine.noLimits)"))
    func sharing() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let slice = try engine.containment.makeSlice(SliceLimits(processes: 2))
        let first = try engine.start(engine.request(["sleep", "1000"]), in: slice)
        let second = try engine.start(engine.request(["sh", "-c", "sleep 1000 & wait"]), in: slice)
        try second.waitUntilEmpty()
        #expect(second.status != .exited(code: 0))
        #expect(slice.report().refusedProcesses == 1)
        try first.tree?.kill()
        try first.waitUntilEmpty()
    }

    @Test("Born within the limits", .enabled(if: Engine.limits(.pids), "\(Engine.noLimits)"))
    func born() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let slice = try engine.containment.makeSlice(SliceLimits(processes: 1))
        for _ in 0..<20 {
            let started = try engine.start(engine.request(["sh", "-c", "(exit 0); exit 0"]), in: slice)
            try started.waitUntilEmpty()
            #expect(started.status != .exited(code: 0))
            started.tree?.release()
        }
        #expect(slice.report().refusedProcesses == 20)
    }

    @Test("Somebody else's child with its children", .enabled(if: Engine.limits(.pids), "\(Engine.noLimits)"))
    func adopted() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let slice = try engine.containment.makeSlice(SliceLimits(processes: 3))
        let request = engine.request(["sh", "-c", "sleep 1000 & sleep 1000 & wait"])
        guard case .started(let processID, _) = try ProcessSpawner().spawn(request, in: .here) else {
            throw DeadlinePassed(what: "an outsider")
        }
        let tree = try slice.adopt(.child(processID)) { _ in }
        let members = tree?.members().map(\.processID) ?? []
        #expect(members.contains(processID))
        for member in members {
            #expect(RunDirectories.places(of: member).contains { $0.contains("/slice-") })
        }
        try tree?.kill()
        _ = ProcessExit.reap(.process(processID), waiting: true)
    }

    @Test("Processor time is what the controller's file says", .enabled(if: Engine.limits(.cpu), "\(Engine.noLimits)"))
    func processors() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let slice = try engine.containment.makeSlice(SliceLimits(processors: 0.5))
        let started = try engine.start(engine.request(["sleep", "1000"]), in: slice)
        let main = try #require(started.tree?.mainProcess)
        #expect(RunDirectories.text(of: ["cpu.cfs_quota_us", "cpu.max"], for: main).hasPrefix("50000"))
        try started.tree?.kill()
        try started.waitUntilEmpty()
    }

    @Test("Who has used up his processor time waits", .enabled(if: Engine.limits(.cpu), "\(Engine.noLimits)"))
    func throttled() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let slice = try engine.containment.makeSlice(SliceLimits(processors: 0.1))
        let started = try engine.start(engine.request(["sh", "-c", "while :; do :; done"]), in: slice)
        let main = try #require(started.tree?.mainProcess)
        try started.wait("a pause") {
            let throttled = RunDirectories.text(of: ["cpu.stat"], for: main).split(separator: "\n")
                .first { $0.hasPrefix("nr_throttled ") }
            return throttled.map { $0 != "nr_throttled 0" } ?? false
        }
        try started.tree?.kill()
        try started.waitUntilEmpty()
    }

    @Test(
        "Who uses more memory is killed, and it is told",
        .enabled(if: Engine.limits(.memory), "\(Engine.noLimits)")
    )
    func memory() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let limit: UInt64 = 32 << 20
        let slice = try engine.containment.makeSlice(SliceLimits(memory: limit))
        // tail(1) keeps a line until it ends, which this one does not.
        let started = try engine.start(engine.request(["sh", "-c", "exec tail < /dev/zero"]), in: slice)
        try started.waitUntilEmpty()
        #expect(started.status == .signaled(number: 9, dumpedCore: false))
        let report = slice.report()
        #expect(report.memoryKills == 1)
        let peak = try #require(report.peakMemory)
        #expect(peak > limit / 2 && peak <= limit)
        started.tree?.release()
        slice.release()
        #expect(try RunDirectories(of: engine).slices().isEmpty)
    }

    @Test("A killed process is no sign of want", .enabled(if: Engine.limits(.memory), "\(Engine.noLimits)"))
    func killedOtherwise() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let slice = try engine.containment.makeSlice(SliceLimits(memory: 64 << 20))
        let started = try engine.start(engine.request(["sleep", "1000"]), in: slice)
        try started.tree?.kill()
        try started.waitUntilEmpty()
        #expect(slice.report().memoryKills == 0)
    }

    @Test("A value that is not taken is an error", .enabled(if: Engine.limits(.cpu), "\(Engine.noLimits)"))
    func refusedValue() throws {
        let engine = try Engine(.cgroup)
        defer { #expect(engine.containment.close() == 0) }
        let error = try #require(throws: LimitUnavailable.self) {
            try engine.containment.makeSlice(SliceLimits(processes: 10, processors: 0.000_001))
        }
        #expect(error.resource == .cpu)
        #expect(error.reason.contains("Invalid argument"))
        #expect(try RunDirectories(of: engine).slices().isEmpty)
    }

    @Test("No mechanism but cgroups keeps them", arguments: Engine.mechanisms.filter { $0 != .cgroup })
    func otherMechanisms(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        for resource in LimitedResource.allCases {
            let obstacle = try #require(engine.containment.obstacle(to: resource))
            #expect(obstacle.resource == resource)
            #expect(obstacle.reason.contains(mechanism.rawValue))
        }
        #expect(throws: LimitUnavailable.self) {
            try engine.containment.makeSlice(SliceLimits(memory: 1 << 30))
        }
    }

    @Test("A tree without limits has nothing made for it", .enabled(if: Engine.limits(.pids), "\(Engine.noLimits)"))
    func unlimited() throws {
        let engine = try Engine(.cgroup)
        #expect(try engine.output(ofShell: "echo fine") == "fine\n")
        let directories = try RunDirectories(of: engine)
        #expect(directories.legacy().isEmpty)
        let slice = try engine.containment.makeSlice(SliceLimits(processes: 9))
        #expect(directories.slices().count == 1)
        slice.release()
        #expect(directories.slices().isEmpty)
        #expect(engine.containment.close() == 0)
        #expect(directories.legacy().isEmpty)
    }
}
