internal import Glibc
internal import PkrunContainment
internal import PkrunSystem
internal import PkrunTestSupport
internal import Testing

/// What a new process gets.
@Suite struct SpawnTests {
    @Test(arguments: Engine.mechanisms)
    func writesToTheStreamsThatItIsGiven(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        #expect(try engine.output(ofShell: "echo out; echo err >&2") == "out\nerr\n")
    }

    @Test("A stream may have the number of another one's target", arguments: Engine.mechanisms)
    func streamsWithSwappedNumbers(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        // 0 and 2 of this process change places in the child: neither may be overwritten before it is taken.
        let text = try engine.output { write in
            engine.request(["sh", "-c", "readlink /proc/self/fd/0 /proc/self/fd/2"], input: 2, output: write, error: 0)
        }
        let expected = try [2, 0].map { try FileSystem.linkTarget("/proc/self/fd/\($0)") }
        #expect(text == expected.map { $0 + "\n" }.joined())
    }

    @Test(arguments: Engine.mechanisms)
    func hasNoDescriptorsButThree(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        // Not marked to be closed on execve.
        let stray = dup(2)
        defer { close(stray) }
        // ls has its own one, of the directory that it reads.
        #expect(try engine.output { engine.request(["ls", "/proc/self/fd"], output: $0) } == "0\n1\n2\n3\n")
    }

    @Test(arguments: Engine.mechanisms)
    func hasDefaultSignalsAndAnEmptyMask(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        // Another part of the program may change its mind between two starts.
        _ = signal(SIGXFSZ, SIG_IGN)
        defer { _ = signal(SIGXFSZ, SIG_DFL) }
        let status = try engine.output { engine.request(["cat", "/proc/self/status"], output: $0) }
        let lines = status.split(separator: "\n").filter { line in
            ["SigBlk:", "SigIgn:", "SigCgt:"].contains { line.hasPrefix($0) }
        }
        let values = lines.compactMap { $0.split(separator: "\t").last }
        #expect(values == ["0000000000000000", "0000000000000000", "0000000000000000"])
    }

    @Test(arguments: Engine.mechanisms)
    func leadsAProcessGroupOfItsOwn(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let text = try engine.output(ofShell: "echo $$; cut -d' ' -f5 /proc/$$/stat")
        let numbers = text.split(separator: "\n")
        #expect(numbers.count == 2 && numbers.first == numbers.last)
    }

    @Test(arguments: Engine.mechanisms)
    func hasTheEnvironmentAndTheDirectoryThatItIsGiven(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let text = try engine.output {
            engine.request(["/usr/bin/env"], environment: ["A=1", "B=two words"], output: $0)
        }
        #expect(text == "A=1\nB=two words\n")
        #expect(try engine.output { engine.request(["/bin/pwd"], in: "/usr", output: $0) } == "/usr\n")
    }

    @Test(arguments: Engine.mechanisms)
    func exitCodesAndSignalsAreTold(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        for (script, expected) in [
            ("exit 0", ProcessStatus.exited(code: 0)),
            ("exit 255", .exited(code: 255)),
            ("kill -TERM $$", .signaled(number: 15, dumpedCore: false)),
            ("kill -KILL $$", .signaled(number: 9, dumpedCore: false)),
        ] {
            let started = try engine.start(shell: script)
            try started.waitUntilEmpty()
            #expect(started.status == expected)
            #expect(started.events.count == 1, "an empty tree is told of once")
            started.tree?.release()
        }
    }

    @Test(
        "Another user's process is contained too",
        .enabled(if: CurrentProcess.effectiveUserID == 0, "only root may take another identity"),
        arguments: Engine.mechanisms
    )
    func takesAnotherIdentity(_ mechanism: Mechanism) throws {
        let engine = try Engine(mechanism)
        defer { #expect(engine.containment.close() == 0) }
        let stranger = SpawnRequest.Credentials(userID: 23_461, groupID: 23_462, groups: [23_462, 23_463])
        let script = "id -u; id -g; id -G; grep -c pkrun- /proc/self/cgroup"
        let text = try engine.output(ofShell: script, as: stranger)
        #expect(text == "23461\n23462\n23462 23463\n\(mechanism == .cgroup ? 1 : 0)\n")
    }

    @Test("Starting a thousand processes leaves no descriptor open", arguments: Engine.mechanisms)
    func leaksNoDescriptors(_ mechanism: Mechanism) throws {
        let owner = try OwnerProcess(mechanism, "count", "exit 0")
        #expect(try owner.readLine() == "leaked 0")
    }
}
