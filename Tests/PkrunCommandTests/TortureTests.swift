import PkrunSystem
import PkrunTestSupport
import Testing

/// A service that does everything to be left behind, ended in every way there is: nothing may survive pkrun.
@Suite(.serialized) struct TortureTests {
    enum Ending: String, CaseIterable {
        case ownExit = "own exit"
        case controlC = "Ctrl-C"
        case terminate = "SIGTERM"
        case closedTerminal = "closed terminal"
        case kill = "SIGKILL"
        case secondControlC = "second Ctrl-C"
    }

    @Test("nothing survives", arguments: Mechanisms.available)
    func nothingSurvives(mechanism: String) throws {
        var cells: [String] = []
        for ending in Ending.allCases {
            let survivors = try survivors(of: ending, under: mechanism)
            #expect(survivors.isEmpty, "\(ending.rawValue) under \(mechanism)")
            cells.append("\(ending.rawValue) \(survivors.count)")
        }
        let user = CurrentProcess.effectiveUserID == 0 ? "root" : "user"
        print("survivors under \(mechanism) as \(user): \(cells.joined(separator: ", "))")
    }

    @Test("the run after a killed one begins when everything of that one is gone", arguments: Mechanisms.available)
    func killedRunIsWaitedFor(mechanism: String) throws {
        let scenario = try Scenario(
            Self.manifest(mechanism, .kill) + """

                  next: { command: flock --nonblock lock true }
                """
        )
        try scenario.write("child.sh", Self.child, mode: 0o755)
        let run = try scenario.start(["jobs.yaml", "stubborn"])
        #expect(run.waitForOutput("all are there"))
        run.signal(9)
        // Dead and not reaped: its number is still there.
        #expect(eventually { ProcessRecord(of: run.identifier)?.isZombie == true })
        let next = try scenario.run(["run", "next"])
        #expect(next.exitCode == 0, "\(next.output)\(next.errors)")
        _ = try run.wait()
    }

    private static let child = """
        #!/bin/sh
        # child.sh NAME: says that it is there, then stays; the deaf one also when it is asked politely.
        [ "$1" = deaf ] && trap '' TERM HUP INT
        echo $$ > "pids/$1"
        while [ "$1" = deaf ]; do sleep 1; done
        exec sleep 1000
        """

    private static func manifest(_ mechanism: String, _ ending: Ending) -> String {
        """
        containment: \(mechanism)
        jobs:
          stubborn:
            command: |
              mkdir -p pids
              # Held until the last that inherits it is dead.
              exec 9> lock
              flock 9
              ./child.sh plain &
              setsid ./child.sh session &
              (setsid sh -c './child.sh daemon & exit' &)
              ./child.sh deaf &
              ./child.sh closed >&- 2>&- <&- &
              while [ "$(ls pids | wc -l)" -lt 5 ]; do sleep 0.01; done
              echo all are there
              \(ending == .ownExit ? "exit 0" : "wait")
            ready: { line: ^all are there$ }
            stop: [{ signal: TERM, wait: \(ending == .secondControlC ? "1h" : "200ms") }]
        """
    }

    private func survivors(of ending: Ending, under mechanism: String) throws -> [String] {
        let scenario = try Scenario(Self.manifest(mechanism, ending))
        try scenario.write("child.sh", Self.child, mode: 0o755)
        var terminal: PseudoTerminal? = try PseudoTerminal()
        let run = try scenario.start(["jobs.yaml"], on: terminal)
        #expect(terminal?.waitFor("all are there") == true)
        let cgroup = mechanism == "cgroup" ? try cgroup(of: scenario.text("pids/session")) : nil

        switch ending {
        case .ownExit: break
        case .controlC: try terminal?.interrupt()
        case .terminate: run.signal(15)
        case .closedTerminal: terminal = nil
        case .kill: run.signal(9)
        case .secondControlC:
            try terminal?.interrupt()
            #expect(terminal?.waitFor("stopping") == true)
            try terminal?.interrupt()
        }

        let expected: Int32 =
            switch ending {
            case .ownExit: 1
            case .controlC, .secondControlC: 130
            case .terminate: 143
            case .closedTerminal: 129
            case .kill: 137
            }
        #expect(try run.wait().exitCode == expected, "\(ending.rawValue) under \(mechanism)")
        let lock = scenario.path(".pkrun/jobs.yaml.lock")
        // A guardian that ends gives its memory back first, by which it is known here, and its files a moment later.
        if ending == .kill { _ = try eventually { try scenario.processes().isEmpty && !isLocked(lock) } }
        let survivors = scenario.processDescriptions()
        if let cgroup { #expect(eventually { (try? FileStatus(of: cgroup)) == nil }, "\(cgroup) is left") }
        #expect(try !isLocked(lock), "the run's lock is left")
        return survivors
    }

    /// The directory of the cgroup that a process is in.
    private func cgroup(of process: String) throws -> String {
        let number = process.prefix { $0.isNumber }
        let text = String(decoding: try FileSystem.contents(of: "/proc/\(number)/cgroup"), as: UTF8.self)
        let path = try #require(text.split(separator: "\n").first { $0.hasPrefix("0::") }).dropFirst(3)
        let mount = try #require(
            ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].first { (try? FileStatus(of: $0 + path)) != nil }
        )
        return mount + path
    }

    private func isLocked(_ path: String) throws -> Bool {
        guard let file = try? OwnedDescriptor.open(path, .readOnly) else { return false }
        return try !file.borrowed.tryLock()
    }
}
