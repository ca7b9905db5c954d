internal import PkrunSystem
internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// What others do not keep: part B.
@Suite struct ContractBetterTests {
    @Test("B2: who leaves the session or forks twice is a member, is signalled, dies", arguments: Offered.mechanisms)
    func escapees(_ mechanism: Mechanism) async throws {
        let marked = MarkedProcesses()
        var command = Command(shell: "setsid sleep 1000 & (setsid sh -c 'sleep 1000 & exit' &) ; exec sleep 1000")
        command.environment = marked.environment
        let process = try await command.start(demanding: mechanism)
        try await eventually { await process.members().count { $0.name == "sleep" } == 3 && marked.living().count == 3 }
        try await process.signal(.terminate)
        #expect(try await process.result().status == .signaled(.terminate))
        #expect(marked.living().isEmpty)
    }

    @Test("B3, B13: a stop returns when the tree is empty, however large", arguments: Offered.mechanisms)
    func stopOfMany(_ mechanism: Mechanism) async throws {
        let process = try await Command(
            shell: "i=0; while [ $i -lt 200 ]; do sleep 1000 & i=$((i+1)); done; echo ready; wait"
        ).start(demanding: mechanism)
        try await process.waitForLine(within: patience) { $0.text == "ready" }
        try await eventually { await process.members().count { $0.name == "sleep" } == 200 }
        let report = await process.stop(grace: patience)
        #expect(report.membersBefore == 201 && report.membersAfter == 0)
        #expect(report.drained && report.elapsed < patience)
    }

    @Test(
        "B5: another user's process is contained too",
        .enabled(if: CurrentProcess.effectiveUserID == 0, "only root may take another identity"),
        arguments: Offered.mechanisms
    )
    func identity(_ mechanism: Mechanism) async throws {
        var command = Command(shell: "id -u; id -G; setsid sleep 1000 &")
        command.identity = Identity(userID: 23_461, groupID: 23_462, groups: [23_462])
        let output = try await command.output(demanding: mechanism)
        #expect(output.text == "23461\n23462\n")
        // It may still be about to execute its program.
        #expect(output.result.leftBehind.count == 1)
    }

    @Test("B6: a timeout ends one tree of a group, all of it, and no other", arguments: Offered.mechanisms)
    func timeoutInAGroup(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let marked = MarkedProcesses()
        var command = Command(shell: "setsid sleep 1000 & sleep 1000")
        command.environment = marked.environment
        command.timeout = .milliseconds(100)
        let other = try await group.start(Command("sleep", ["1000"]))
        #expect(try await group.start(command).result().reason == .timedOut)
        #expect(marked.living().isEmpty)
        #expect(await group.members().map(\.processID) == [other.processID])
        await group.killAll()
    }

    @Test("B7: what holds the output open is ended and named; or waited for", arguments: Offered.mechanisms)
    func leftBehind(_ mechanism: Mechanism) async throws {
        let killed = try await Command(shell: "setsid sleep 1000 & echo done").output(demanding: mechanism)
        #expect(killed.text == "done\n" && killed.status.isSuccess)
        #expect(killed.result.leftBehind.map(\.command) == ["sleep 1000"])
        var patient = Command(shell: "(sleep 0.3; echo late) & echo done")
        patient.leaks = .wait
        let waited = try await patient.output(demanding: mechanism)
        #expect(waited.text == "done\nlate\n" && waited.result.leftBehind.isEmpty)
        var strict = Command(shell: "setsid sleep 1000 & echo done")
        strict.leaks = .fail
        let failed = try await strict.output(demanding: mechanism)
        #expect(failed.status.isSuccess && !failed.result.isSuccess && failed.result.reason == .leftBehind)
        #expect(throws: ProcessError.leftBehind(failed.result.leftBehind)) { try failed.checked() }
        strict.arguments = ["-c", "echo done"]
        #expect(try await strict.text() == "done\n")
    }

    @Test("B8: time and memory are known after a natural end", arguments: Offered.mechanisms)
    func statistics(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let busy = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done"
        let result = try await group.start(Command(shell: "(\(busy)) & (\(busy)) & wait")).result()
        #expect(result.statistics.cpuTime > .milliseconds(10) && result.statistics.peakMemory > 100_000)
        #expect(result.statistics.processes == 0)
        #expect(await group.statistics().cpuTime == result.statistics.cpuTime)
    }

    @Test(
        "B8: what was written to storage is known while it lives, and after a natural end",
        .enabled(if: TemporaryFiles.areOnStorage, "temporary files are kept in memory here"),
        arguments: Offered.mechanisms
    )
    func storage(_ mechanism: Mechanism) async throws {
        let write = "file=$(mktemp); dd if=/dev/zero of=$file bs=64k count=16 conv=fsync 2>/dev/null; rm $file"
        var command = Command(shell: "\(write); echo written; read _")
        command.standardInput = .writer
        let group = try await ProcessGroup(demanding: mechanism)
        let process = try await group.start(command)
        try await process.waitForLine(within: .seconds(60)) { $0.text == "written" }
        let living = await process.statistics()
        #expect(living.bytesWritten >= 1 << 20 && living.bytesWritten < 1 << 24)
        await process.closeInput()
        let ended = try await process.result().statistics
        #expect(ended.bytesWritten >= 1 << 20 && ended.bytesWritten < 1 << 24)
        #expect(await group.statistics().bytesWritten == ended.bytesWritten)
    }

    @Test("B9: a line without end comes in pieces, complete")
    func endlessLine() async throws {
        let process = try await Command(shell: "head -c 100000000 /dev/zero; echo").start()
        var size = 0
        var pieces = 0
        for await line in process.lines {
            size += line.bytes.count
            pieces += 1
            #expect(line.bytes.count <= 1 << 20)
        }
        #expect(size == 100_000_000 && pieces == 96)
    }

    @Test("B11: no stray descriptors", arguments: Offered.mechanisms)
    func descriptors(_ mechanism: Mechanism) async throws {
        // ls has its own one, of the directory that it reads.
        #expect(try await Command("ls", ["/proc/self/fd"]).text(demanding: mechanism) == "0\n1\n2\n3\n")
    }

    @Test("B14: after a kill nothing is alive", arguments: Offered.mechanisms)
    func killIsOver(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        let marked = MarkedProcesses()
        var command = Command(shell: "i=0; while [ $i -lt 50 ]; do setsid sleep 1000 & i=$((i+1)); done; wait")
        command.environment = marked.environment
        for _ in 0..<3 {
            _ = try await group.start(command)
            try await eventually { marked.living().count { $0.name == "sleep" } == 50 }
            await group.killAll()
            #expect(marked.living().isEmpty)
        }
    }

    @Test(
        "A process whose exit somebody else takes has ended all the same",
        .enabled(if: Engine.offersCgroup, "below a guardian it is not this program's child")
    )
    func stolenExit() async throws {
        for _ in 0..<20 {
            let process = try await Command(shell: "read line; exit 7").withWriter().start(demanding: .cgroup)
            let processID = process.processID
            let (stolen, theft) = AsyncStream<Bool>.makeStream()
            // It waits, and a task that does holds up all others where there is one processor.
            try SystemThread.start { theft.yield(ProcessExit.reap(.process(processID), waiting: true) != nil) }
            await process.closeInput()
            let status = try await process.result().status
            #expect(await stolen.first { _ in true } == true ? status == .unknown : status == .exited(7))
        }
    }

    @Test("A process that kills its guardian ends with all that is below it")
    func guardianKilled() async throws {
        let marked = MarkedProcesses()
        var command = Command(shell: "sleep 1000 & read line; kill -9 $PPID; sleep 1000").withWriter()
        command.environment = marked.environment
        let process = try await command.start(demanding: .subreaper)
        try await process.write("now\n")
        let result = try await process.result()
        #expect(result.status == .signaled(.kill))
        #expect(marked.living().isEmpty)
    }

    @Test("Also one that does so before anything else")
    func guardianKilledAtOnce() async throws {
        let marked = MarkedProcesses()
        var command = Command(shell: "kill -9 $PPID; setsid sleep 1000 & exec sleep 1000")
        command.environment = marked.environment
        for _ in 0..<20 {
            let result = try await command.output(demanding: .subreaper).result
            #expect(result.status == .signaled(.kill))
            #expect(marked.living().isEmpty)
        }
    }

    @Test("B15: a start into a suspended group is an error", arguments: Offered.mechanisms)
    func startIntoSuspended(_ mechanism: Mechanism) async throws {
        let group = try await ProcessGroup(demanding: mechanism)
        try await group.suspend()
        await #expect(throws: ProcessError.suspended) { try await group.start(Command("true")) }
        try await group.resume()
        #expect(try await group.start(Command("true")).result().status.isSuccess)
    }

    @Test(
        "B16: who leaves the cgroup of a living process is a member, is asked, and is reported",
        .enabled(if: Engine.offersCgroup && CurrentProcess.effectiveUserID == 0, "only root can leave a cgroup")
    )
    func leavingTheCgroup() async throws {
        let home = try #require(TestCgroup.own)
        let marked = MarkedProcesses()
        var command = Command(
            shell:
                "setsid sh -c 'echo $$ > \(home)/cgroup.procs; sleep 1000 & echo out; exec sleep 1000' & exec sleep 1000"
        )
        command.environment = marked.environment
        for isForced in [false, true] {
            let process = try await command.start(demanding: .cgroup)
            try await process.waitForLine(within: patience) { $0.text == "out" }
            try await eventually { await process.members().count { $0.name == "sleep" } == 3 }
            if isForced { await process.kill() } else { await process.stop(grace: patience) }
            let result = try await process.result()
            #expect(result.escaped.count == 2 && marked.living().isEmpty)
            #expect(result.status == .signaled(isForced ? .kill : .terminate))
        }
    }

    @Test("Fifty tasks at once", arguments: Offered.mechanisms)
    func manyTasks(_ mechanism: Mechanism) async throws {
        let texts = try await withThrowingTaskGroup(of: String.self) { tasks in
            for number in 0..<50 {
                tasks.addTask { try await Command("echo", ["\(number)"]).text(demanding: mechanism) }
            }
            return try await tasks.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(texts == Set((0..<50).map { "\($0)\n" }))
    }

    @Test("Another part of the program keeps its children", arguments: Offered.mechanisms)
    func foreignChildren(_ mechanism: Mechanism) async throws {
        let request = SpawnRequest(
            arguments: ["true"],
            environment: [],
            workingDirectory: "/",
            standardInput: 2,
            standardOutput: 2,
            standardError: 2
        )
        guard case .started(let child, _) = try ProcessSpawner().spawn(request, in: .here) else { return }
        _ = try await Command("true").output(demanding: mechanism)
        #expect(ProcessExit.reap(.process(child), waiting: true)?.status == .exited(code: 0))
    }
}
