import PkrunSystem
import PkrunTestSupport
import Testing

/// A part of the cgroup tree that root has given to an ordinary user is enough for `cgroup`.
@Suite struct DelegationTests {
    private static let nobody: UInt32 = 65_534

    @Test(
        .enabled(
            if: CurrentProcess.effectiveUserID == 0 && Mechanisms.available.contains("cgroup")
                && Programs.exist("setpriv"),
            "needs root, a writable cgroup2 and setpriv"
        )
    )
    func `an ordinary user contains by cgroup in a delegated subtree`() throws {
        let cgroup = try TestCgroup()
        for path in [cgroup.path, "\(cgroup.path)/cgroup.procs"] {
            try FileSystem.changeOwner(path, userID: Self.nobody, groupID: Self.nobody)
        }
        let scenario = try Scenario(
            """
            containment: subreaper
            jobs:
              delegate:
                command: |
                  echo $$$$ > \(cgroup.path)/cgroup.procs
                  exec setpriv --reuid \(Self.nobody) --regid \(Self.nobody) --clear-groups \
                    \(PkrunProcess.program) inner.yaml
            """
        )
        try scenario.write(
            "inner.yaml",
            "containment: cgroup\njobs: { where: { command: 'setsid sleep 1000 & cat /proc/self/cgroup' } }\n"
        )
        try FileSystem.changeOwner(scenario.directory, userID: Self.nobody, groupID: Self.nobody)
        let result = try scenario.run(["jobs.yaml", "--state-dir", "outer"])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        let name = try #require(cgroup.path.split(separator: "/").last)
        #expect(try scenario.log("where").contains("/\(name)/pkrun-"))
        #expect(scenario.processes().isEmpty)
        #expect(cgroup.directories().isEmpty)
    }

    @Test(
        .enabled(
            if: CurrentProcess.effectiveUserID == 0 && TestCgroup.canBeDelegated,
            "\(TestCgroup.cannotBeDelegated); and root is needed"
        )
    )
    func `limits are refused, and others left alone, where others live`() throws {
        let cgroup = try TestCgroup(limits: true)
        let scenario = try Scenario(
            """
            containment: subreaper
            jobs:
              session:
                command: |
                  echo $$$$ > \(cgroup.path)/cgroup.procs
                  sleep 1000 & \(PkrunProcess.program) inner.yaml
                success_exit_codes: [69]
            """
        )
        try scenario.write("inner.yaml", "jobs: { a: { command: touch started, resources: { pids: 9 } } }\n")
        let result = try scenario.run(["jobs.yaml", "--state-dir", "outer"])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("sleep (pid "), "\(result.output)")
        #expect(result.output.contains("systemd-run --scope"), "\(result.output)")
        #expect(throws: SystemError.self) { try scenario.text("started") }
        #expect(cgroup.directories().isEmpty)
    }

    @Test(
        .enabled(
            if: CurrentProcess.effectiveUserID == 0 && TestCgroup.canBeDelegated && Programs.exist("setpriv"),
            "\(TestCgroup.cannotBeDelegated); and root and setpriv are needed"
        )
    )
    func `an ordinary user limits jobs in a delegated subtree`() throws {
        let cgroup = try TestCgroup(limits: true)
        for file in ["", "/cgroup.procs", "/cgroup.subtree_control"] {
            try FileSystem.changeOwner(cgroup.path + file, userID: Self.nobody, groupID: Self.nobody)
        }
        let scenario = try Scenario(
            """
            containment: subreaper
            jobs:
              delegate:
                command: |
                  echo $$$$ > \(cgroup.path)/cgroup.procs
                  exec setpriv --reuid \(Self.nobody) --regid \(Self.nobody) --clear-groups \
                    \(PkrunProcess.program) inner.yaml
            """
        )
        try scenario.write(
            "inner.yaml",
            """
            jobs:
              where: { command: [cat, /proc/self/cgroup], resources: { memory: 1G, pids: 100, cpus: 1 } }
              hog: { command: [tail, /dev/zero], resources: { memory: 32M }, optional: true }
              many: { command: sleep 1000 & sleep 1000, resources: { pids: 2 }, optional: true }
            """
        )
        try FileSystem.changeOwner(scenario.directory, userID: Self.nobody, groupID: Self.nobody)
        let result = try scenario.run(["jobs.yaml", "--state-dir", "outer"])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        let name = try #require(cgroup.path.split(separator: "/").last)
        let place = try scenario.log("where")
        #expect(place.contains("/\(name)/pkrun-") && place.contains("/slice-"), "\(place)")
        #expect(result.output.contains("out of memory: its limit is 32M"), "\(result.output)")
        #expect(result.output.contains("could not make a process once: its limit is 2"), "\(result.output)")
        #expect(scenario.processes().isEmpty)
        #expect(cgroup.directories().isEmpty)
        #expect(try cgroup.read("cgroup.subtree_control").isEmpty)
    }
}
