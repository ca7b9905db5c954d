import PkrunSystem
import PkrunTestSupport
import Testing

/// `resources`: what all processes of a job may use together.
@Suite struct LimitRunTests {
    @Test(.enabled(if: Mechanisms.keepsLimits, "\(Mechanisms.noLimits)"))
    func `a job that wants more memory than it may have fails, and it is told why`() throws {
        let scenario = try Scenario(
            """
            jobs:
              hog:
                command: |
                  cat /proc/self/cgroup
                  tail /dev/zero
                resources: { memory: 32M }
            """
        )
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 1)
        let reason = "out of memory: its limit is 32M; exited with 137"
        #expect(result.output.contains(reason), "\(result.output)\(result.errors)")
        let why = try scenario.run(["why", "hog"])
        #expect(why.output == "hog failed\nbecause \(reason)\n")
        let report = try scenario.text(".pkrun/latest/report.json")
        #expect(report.contains("\"kind\": \"out-of-memory\"") && report.contains("\"memory_kills\": 1"), "\(report)")
        let run = try RunDirectories(places: scenario.log("hog").split(separator: "\n").map(String.init))
        #expect(run.legacy().isEmpty && run.slices().isEmpty)
    }

    @Test(.enabled(if: Mechanisms.keepsLimits, "\(Mechanisms.noLimits)"))
    func `one that is ended by its own code for want of memory can be retried by that code`() throws {
        let scenario = try Scenario(
            """
            jobs:
              hog:
                command: [tail, /dev/zero]
                resources: { memory: 32M }
                retry: { max: 1, on: [137] }
            """
        )
        let result = try scenario.run(["run", "hog"])
        #expect(result.exitCode == 137, "\(result.output)\(result.errors)")
        #expect(try scenario.text(".pkrun/latest/report.json").contains("\"memory_kills\": 2"))
    }

    @Test(.enabled(if: Mechanisms.keepsLimits, "\(Mechanisms.noLimits)"))
    func `processes beyond the limit are not made, and that is told`() throws {
        let scenario = try Scenario(
            """
            jobs:
              many:
                command: sleep 1000 & sleep 1000 & sleep 1000 & echo all
                resources: { pids: 3 }
            """
        )
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 1)
        #expect(result.output.contains("could not make a process once: its limit is 3"), "\(result.output)")
        #expect(try !scenario.log("many").contains("all"))
    }

    @Test(.enabled(if: Mechanisms.keepsLimits, "\(Mechanisms.noLimits)"))
    func `each attempt has limits of its own, and probes have none`() throws {
        let scenario = try Scenario(
            """
            jobs:
              web:
                command: |
                  if [ -e up ]; then : > again; exec sleep 1000; else : > up; exit 1; fi
                ready: { exec: "sh -c 'sh -c \\"test -e again\\"'" }
                restart: on-failure
                resources: { pids: 1, memory: 1G, cpus: 2 }
              test: { command: echo reached, depends_on: [web] }
            """
        )
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test func `a limit that cannot be kept is refused before anything starts`() throws {
        let job = "{ command: touch started, resources: { memory: 1G } }"
        let scenario = try Scenario("containment: subreaper\njobs: { first: { command: touch started }, a: \(job) }")
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 65)
        #expect(result.errors.contains("only cgroups keep limits"), "\(result.errors)")
        #expect(throws: SystemError.self) { try scenario.text("started") }
    }

    @Test(.enabled(if: !Mechanisms.keepsLimits, "limits can be kept here"))
    func `what this host cannot keep is refused before anything starts`() throws {
        let job = "{ command: touch started, resources: { pids: 100 } }"
        let scenario = try Scenario("jobs: { first: { command: touch started }, a: \(job) }")
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 69)
        #expect(result.errors.contains("the limits of job 'a' cannot be kept here\n  pids: "), "\(result.errors)")
        let remedies = ["run as root", "start pkrun alone"]
        #expect(remedies.contains { result.errors.contains($0) }, "\(result.errors)")
        #expect(throws: SystemError.self) { try scenario.text("started") }
        let doctor = try scenario.run(["doctor"])
        #expect(doctor.output.contains("no limit"), "\(doctor.output)")
    }

    @Test func `best effort starts without, and says so`() throws {
        let job = "{ command: touch started, resources: { pids: 100, enforce: best-effort } }"
        let scenario = try Scenario("containment: subreaper\njobs: { a: \(job) }")
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output.contains("starts without its limit on pids: "), "\(result.output)")
        #expect(try scenario.text(".pkrun/latest/events.jsonl").contains("\"event\":\"job-unlimited\""))
        #expect(try scenario.text("started").isEmpty)
    }

    @Test(.enabled(if: Mechanisms.keepsLimits, "\(Mechanisms.noLimits)"))
    func `the doctor names the limits that can be kept`() throws {
        let result = try Scenario().run(["doctor"])
        #expect(result.output.contains("     limits: memory, pids, cpu\n"), "\(result.output)")
    }
}
