import PkrunDiagnostics
import PkrunPlan
import PkrunTestSupport
import Testing

/// What a manifest says about the processes of a job arrives in the plan, typed.
@Suite struct AttributeTests {
    private func planning(_ text: String, _ host: Host = .fake()) -> Planning {
        Planner.plan(Array(text.utf8), path: "jobs.yaml", directory: "/srv/[shop]", host: host)
    }

    private func everything() throws -> Plan {
        let text = try #require(Fixtures.text("Manifests/everything.yaml"))
        let files = ["/srv/shop/common.env": "", "/srv/shop/api.env": "B=b"]
        return try Planner.plan(
            Array(text.utf8),
            path: "jobs.yaml",
            directory: "/srv/shop",
            host: .fake(environment: ["HOME": "/home/dev"], files: files)
        )
        .outcome.get()
    }

    @Test func attributesAndLimits() throws {
        let api = try #require(try everything().jobs.first { $0.name == "api" })
        #expect(
            api.attributes
                == ProcessAttributes(
                    fileModeMask: 0o27,
                    niceness: 5,
                    limits: [
                        .openFiles: ProcessLimitValue(soft: 4096, hard: 4096),
                        .core: ProcessLimitValue(soft: 0, hard: ProcessLimitValue.unlimited),
                        .lockedMemory: ProcessLimitValue(soft: 64 << 20, hard: 64 << 20),
                    ],
                    processors: [0, 1, 2, 3, 5]
                )
        )
        #expect(
            api.resources
                == ResourceLimits(processors: 1.5, memory: 2 << 30, processes: 100, enforcement: .bestEffort)
        )
        #expect(
            api.watch
                == WatchPlan(
                    paths: ["/srv/shop/src/**/*.go", "/srv/shared"],
                    ignoredPaths: ["/srv/shop/*.tmp"],
                    debounce: .seconds(1),
                    action: .signal(.hup)
                )
        )
    }

    @Test func namesOfOtherTools() throws {
        let plan = try everything()
        let shell = try #require(plan.jobs.first { $0.name == "shell" })
        #expect(shell.arguments == ["bash", "-euo", "pipefail", "-c", "./shell \"$@\"", "shell", "a", "b c"])
        #expect(shell.usesTerminal && shell.timeout == .seconds(90))
        #expect(shell.restart == RestartPolicy(condition: .onFailure, maximum: 2, backoff: .seconds(3)))
        #expect(shell.log.rotation == LogRotation(maximumSize: 10 << 20, maximumFiles: 5))
        #expect(plan.jobs.first { $0.name == "agent" }?.readiness.probes == [.notify(.descriptor(3))])
        #expect(plan.signals[.usr2] == .reload)
        #expect(plan.secrets.map(\.name) == ["TOKEN", "KEY", "VAULT"])
        #expect(plan.secrets.last?.source == .command(["vault", "read", "a $b"]))
    }

    @Test func aDirectoryIsNoPattern() throws {
        let plan = try planning("jobs: { a: { command: x, watch: ['*.c'] } }").outcome.get()
        #expect(plan.jobs[0].watch?.paths == [#"/srv/\[shop\]/*.c"#])
    }

    @Test func wordsBehindACommandStayWithIt() throws {
        let text = """
            jobs:
              base: { command: [serve], args: [-v] }
              same: { extends: base }
              more: { extends: base, args: [-q] }
              other: { extends: base, command: [work] }
            """
        let plan = try planning(text).outcome.get()
        #expect(plan.jobs.map(\.arguments) == [["serve", "-v"], ["serve", "-v"], ["serve", "-q"], ["work"]])
    }

    /// Readers of YAML disagree about it; we take what a shell would.
    @Test(arguments: ["022", "0o22", "'22'", "\"0022\""]) func oneMask(text: String) throws {
        let plan = try planning("jobs: { a: { command: x, umask: \(text) } }").outcome.get()
        #expect(plan.jobs[0].attributes.fileModeMask == 0o22)
    }

    @Test func onlyRootFavoursAJob() {
        let planning = planning("jobs: { a: { command: x, nice: -5 } }", .fake(effectiveUserID: 1000))
        #expect(planning.diagnostics.map(\.code) == [.needsRoot])
    }

    @Test func aTerminalHasOneStream() {
        let ready = "ready: { line: { pattern: x, stream: stderr } }"
        #expect(planning("jobs: { a: { command: x, \(ready) } }").diagnostics == [])
        let terminal = planning("jobs: { a: { command: x, tty: true, \(ready) } }")
        #expect(terminal.diagnostics.map(\.code) == [.conflictingKeys])
    }
}
