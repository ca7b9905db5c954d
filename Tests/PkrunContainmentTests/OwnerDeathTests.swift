internal import Glibc
internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// What becomes of the trees when their owner, or its guardian, is killed.
@Suite(.serialized) struct OwnerDeathTests {
    /// A job that tries to outlive everything.
    private static let stubborn = """
        trap '' TERM HUP INT
        sleep 1000 & setsid sleep 1000 & (setsid sh -c 'sleep 1000 & sleep 1000' &)
        echo ready
        sleep 1000
        """

    @Test(arguments: Engine.mechanisms)
    func nothingOutlivesAKilledOwner(_ mechanism: Mechanism) throws {
        let owner = try OwnerProcess(mechanism, "keep", Self.stubborn)
        #expect(try owner.readLine() == "ready")
        let run = Self.runDirectory(of: owner)
        #expect((run != nil) == (mechanism == .cgroup))
        owner.kill()
        try owner.waitForDescendantsToEnd()
        if let run { #expect(throws: SystemError.self) { try FileStatus(of: run) } }
    }

    @Test(
        "Owner and first process killed at once: the kernel ends the namespace",
        .enabled(if: Engine.mechanisms.contains(.pidNamespace), "no PID namespace is to be had here")
    )
    func namespaceOutlivesNobody() throws {
        for _ in 0..<10 {
            let owner = try OwnerProcess(.pidNamespace, "keep", Self.stubborn)
            #expect(try owner.readLine() == "ready")
            let guardian = try owner.guardian()
            owner.freeze()
            try ProcessDescriptor(of: guardian.processID).send(9)
            owner.kill()
            try owner.waitForDescendantsToEnd()
        }
    }

    @Test("Killed at a random moment while it starts trees", arguments: Engine.mechanisms)
    func nothingIsLostInBetween(_ mechanism: Mechanism) throws {
        let reactor = try Reactor()
        for _ in 0..<Self.rounds {
            let owner = try OwnerProcess(mechanism, "hail", "setsid sleep 1000 & (setsid sleep 1000 &) ; exit 0")
            let moment = MonotonicClock.now + .microseconds(Int.random(in: 2_000...40_000))
            while MonotonicClock.now < moment { try reactor.wait(timeout: .milliseconds(1)) }
            owner.kill()
            try owner.waitForDescendantsToEnd()
        }
        // Another run may be between making its cgroup and locking it.
        #expect(eventually { TestCgroup.leftovers().isEmpty })
    }

    @Test(
        "No cgroup is left in any hierarchy, whichever guardian it was",
        .enabled(if: Engine.childrenKeepLimits, "\(Engine.noLimits)"),
        arguments: [false, true]
    )
    func limitedTrees(guardianIsReplaced: Bool) throws {
        let owner = try OwnerProcess(.cgroup, "limit", Self.stubborn)
        for _ in 0..<4 { #expect(try owner.readLine() == "ready") }
        let run = try RunDirectories(of: owner)
        // The fourth has one in each hierarchy.
        #expect(Set(run.slices().map { $0.split(separator: "/").last }).count == 4)
        if guardianIsReplaced {
            let guardian = try owner.guardian()
            try ProcessDescriptor(of: guardian.processID).send(9)
            _ = try owner.guardian(otherThan: guardian.processID)
        }
        owner.kill()
        try owner.waitForDescendantsToEnd()
        #expect(run.slices().isEmpty && run.legacy().isEmpty)
    }

    @Test(
        "The next run sweeps them, too",
        .enabled(if: Engine.childrenKeepLimits, "\(Engine.noLimits)")
    )
    func limitedTreesAreSwept() throws {
        let owner = try OwnerProcess(.cgroup, "limit", Self.stubborn)
        for _ in 0..<4 { #expect(try owner.readLine() == "ready") }
        let run = try RunDirectories(of: owner)
        let guardian = try owner.guardian()
        owner.freeze()
        try ProcessDescriptor(of: guardian.processID).send(9)
        #expect(eventually { ProcessRecord(of: guardian.processID)?.isZombie ?? true })
        owner.kill()
        let engine = try Engine(.cgroup)
        #expect(owner.descendants().isEmpty)
        #expect(run.slices().isEmpty && run.legacy().isEmpty)
        #expect(engine.containment.close() == 0)
    }

    @Test(.enabled(if: Engine.offersCgroup, "no writable cgroup2 here"))
    func aKilledGuardianIsReplaced() throws {
        let owner = try OwnerProcess(.cgroup, "keep", Self.stubborn)
        #expect(try owner.readLine() == "ready")
        var guardian = try owner.guardian()
        for _ in 0..<3 {
            try ProcessDescriptor(of: guardian.processID).send(9)
            guardian = try owner.guardian(otherThan: guardian.processID)
        }
        owner.kill()
        try owner.waitForDescendantsToEnd()
    }

    @Test("An owner that was started with SIGCHLD ignored hears of exits", arguments: Engine.mechanisms)
    func ignoredChildSignal(_ mechanism: Mechanism) throws {
        let owner = try OwnerProcess(mechanism, "keep", "exit 7", prologue: "trap '' CHLD;")
        #expect(try owner.readLine() == "exited exited(code: 7) true")
    }

    @Test("A job that kills its guardian does not get away")
    func aTreeWhoseGuardianIsKilledEnds() throws {
        let owner = try OwnerProcess(.subreaper, "keep", Self.stubborn)
        #expect(try owner.readLine() == "ready")
        let guardian = try owner.guardian()
        try ProcessDescriptor(of: guardian.processID).send(9)
        #expect(try owner.readLine() == "exited signaled(number: 9, dumpedCore: false) true")
        #expect(owner.descendants().isEmpty)
    }

    @Test("A job whose first act is to kill its guardian does not get away, in a program that is no subreaper")
    func aGuardianKilledAtOnce() throws {
        let engine = try Engine(.subreaper)
        let marked = MarkedProcesses()
        for _ in 0..<Self.rounds {
            let request = engine.request(
                ["sh", "-c", "kill -9 $PPID; setsid sleep 1000 & exec sleep 1000"],
                environment: [Engine.path, marked.mark]
            )
            let started = try engine.start(request)
            try started.waitUntilEmpty()
            #expect(started.status == .signaled(number: 9, dumpedCore: false))
            #expect(marked.living().isEmpty)
            started.tree?.release()
        }
        #expect(engine.containment.close() == 0)
    }

    @Test("Nor in one that is, with those whose parent is gone")
    func aGuardianKilledAtOnceBelowASubreaper() throws {
        let script = "kill -9 $PPID; setsid sleep 1000 & (setsid sh -c 'sleep 1000 & exit' &) ; exec sleep 1000"
        for _ in 0..<Self.rounds {
            let owner = try OwnerProcess(.subreaper, "keep", script)
            #expect(try owner.readLine() == "exited signaled(number: 9, dumpedCore: false) true")
            try owner.waitForDescendantsToEnd()
        }
    }

    @Test(.enabled(if: Engine.offersCgroup, "no writable cgroup2 here"))
    func theNextRunSweepsWhatBothHaveLeft() throws {
        let owner = try OwnerProcess(.cgroup, "keep", Self.stubborn)
        #expect(try owner.readLine() == "ready")
        let run = try #require(Self.runDirectory(of: owner))
        let guardian = try owner.guardian()
        owner.freeze()
        try ProcessDescriptor(of: guardian.processID).send(9)
        // Until it is dead it holds the lock.
        #expect(eventually { ProcessRecord(of: guardian.processID)?.isZombie ?? true })
        owner.kill()
        let engine = try Engine(.cgroup)
        #expect(owner.descendants().isEmpty)
        #expect(throws: SystemError.self) { try FileStatus(of: run) }
        #expect(engine.containment.close() == 0)
    }

    @Test("A guardian is not met by those who look for its owner", arguments: Engine.mechanisms)
    func guardiansAreInconspicuous(_ mechanism: Mechanism) throws {
        let owner = try OwnerProcess(mechanism, "keep", "echo ready; exec sleep 1000")
        #expect(try owner.readLine() == "ready")
        let guardian = try owner.guardian()
        #expect(guardian.commandLine == "pk-guardian")
        let open = try FileSystem.entries(of: "/proc/\(guardian.processID)/fd").map(\.name)
        #expect(open.count <= 4, "only its own: \(open)")
        let streams = try (0...2).map { try FileSystem.linkTarget("/proc/\(owner.processID)/fd/\($0)") }
        let targets = try open.map { try FileSystem.linkTarget("/proc/\(guardian.processID)/fd/\($0)") }
        #expect(Set(targets).isDisjoint(with: streams))
        // All but SIGKILL and SIGSTOP.
        let status = String(decoding: try FileSystem.contents(of: "/proc/\(guardian.processID)/status"), as: UTF8.self)
        #expect(status.contains("SigBlk:\tfffffffffffbfeff"))
        #expect(getsid(guardian.processID) == guardian.processID)
    }

    @Test(
        "A job that leaves its cgroup is ended with the rest",
        .enabled(if: Engine.offersCgroup && CurrentProcess.effectiveUserID == 0, "only root can leave a cgroup")
    )
    func escapeFromTheCgroup() throws {
        let base = try #require(Self.base)
        let script = """
            setsid sh -c 'echo $$ > \(base)/cgroup.procs; setsid sleep 1000 & echo ready; exec sleep 1000' &
            exec sleep 1000
            """
        let owner = try OwnerProcess(.cgroup, "close", script)
        #expect(try owner.readLine() == "ready")
        try owner.write("now\n")
        #expect(try owner.readLine() == "survivors 0")
        owner.reap()
        #expect(owner.descendants().isEmpty)
    }

    @Test(
        "B16: a job that leaves its cgroup is a member all the same, and ends with its tree",
        .enabled(if: Engine.offersCgroup && CurrentProcess.effectiveUserID == 0, "only root can leave a cgroup"),
        arguments: ["sh", "setsid sh"]
    )
    func escapeFoundWithItsTree(_ program: String) throws {
        let base = try #require(Self.base)
        let script = """
            (\(program) -c 'echo $$ > \(base)/cgroup.procs; sleep 1000 & echo ready; exec sleep 1000' &)
            read line
            """
        let owner = try OwnerProcess(.cgroup, "leave", script)
        #expect(try owner.readLine() == "ready")
        try owner.write("now\n")
        #expect(try owner.readLine() == "escaped 2")
        #expect(try owner.readLine() == "left 2")
        #expect(try owner.readLine() == "emptied")
        #expect(owner.descendants().allSatisfy { $0.name == "pk-guardian" })
    }

    @Test(
        "An owner in a cgroup that was killed once still contains",
        .enabled(if: Engine.offersCgroup, "no writable cgroup2 here")
    )
    func ownerInAKilledCgroup() throws {
        let home = try TestCgroup()
        try home.write("1", to: "cgroup.kill")
        let file = try home.processFile()
        let owner = try OwnerProcess(.cgroup, "keep", Self.stubborn, in: .joining(file.borrowed))
        #expect(try owner.readLine() == "ready")
        #expect(home.directories().count == 1)
        owner.kill()
        try owner.waitForDescendantsToEnd()
        try Reactor().run(until: { home.directories().isEmpty }, or: "the run's cgroup to be removed")
    }

    private static let base = TestCgroup.own

    /// How often the owner is killed; PKRUN_ROUNDS asks for more.
    private static let rounds =
        CurrentProcess.environment.lazy
        .filter { $0.hasPrefix("PKRUN_ROUNDS=") }.compactMap { Int($0.dropFirst(13)) }.first ?? 50

    /// The directory of the run that the owner's jobs live in.
    private static func runDirectory(of owner: OwnerProcess) -> String? {
        for process in owner.descendants() {
            let text = (try? FileSystem.contents(of: "/proc/\(process.processID)/cgroup")) ?? []
            let path = CgroupLocation.ownPath(String(decoding: text, as: UTF8.self)) ?? ""
            let names = path.split(separator: "/")
            guard let run = names.first(where: { $0.hasPrefix("pkrun-") }), let base else { continue }
            return "\(base)/\(run)"
        }
        return nil
    }
}
