import PkrunContainment
import PkrunDriver
import PkrunEvents
import PkrunPlan
import PkrunSystem
import PkrunTestSupport
import Testing

/// What the driver makes of a containment that does what no kernel can be made to do.
@Suite struct DriverTests {
    private let directory = try? Scenario()

    private func run(_ jobs: [JobPlan], _ prepare: (FakeContainment) -> Void = { _ in }) throws -> (
        RunResult, FakeContainment
    ) {
        let directory = try #require(directory)
        let plan = Plan(
            name: "test",
            directory: directory.directory,
            jobs: jobs,
            goals: jobs.indices.filter { index in !jobs.contains { $0.dependencies.contains { $0.job.index == index } }
            }
            .map { JobID($0) }
        )
        let reactor = try Reactor()
        let containment = try FakeContainment(reactor: reactor)
        prepare(containment)
        let state = try StateDirectory(path: directory.path(".pkrun"), manifestName: "jobs.yaml")
        let driver = try Driver(
            plan: plan,
            options: RunOptions(manifestPath: directory.path("jobs.yaml"), output: .none),
            directory: try state.makeRun(),
            containment: containment,
            reactor: reactor
        )
        return (try withExtendedLifetime(state) { try driver.run() }, containment)
    }

    @Test func `jobs are started in order, with their environment and place`() throws {
        let (result, containment) = try run([
            JobPlan(name: "second", kind: .task, arguments: ["b"], dependencies: [Dependency(JobID(1), .succeeded)]),
            JobPlan(
                name: "first",
                kind: .task,
                arguments: ["a"],
                workingDirectory: "/there",
                environment: EnvironmentOverlay([EnvironmentOverlay.Change("A", "1")])
            ),
        ])
        #expect(result.outcome.exitCode == 0)
        #expect(containment.requests.map(\.arguments) == [["a"], ["b"]])
        #expect(containment.requests[0].workingDirectory == "/there")
        #expect(Set(["A=1", "PWD=/there"]).isSubset(of: containment.requests[0].environment ?? []))
    }

    @Test func `what could not be ended fails the run`() throws {
        let (result, _) = try run([JobPlan(name: "a", kind: .task, arguments: ["a"])]) { $0.survivors = 2 }
        #expect(result.outcome.exitCode == ExitCode.jobFailed)
        #expect(result.survivors == 2)
    }

    @Test func `a container that cannot be made fails the job, and says so`() throws {
        let (result, _) = try run([JobPlan(name: "a", kind: .task, arguments: ["a"])]) {
            $0.failure = SpawnError(step: .createContainer, subject: "tree-1", errorNumber: ErrorNumber.noSpace)
        }
        #expect(result.outcome.exitCode == ExitCode.jobFailed)
        guard case .failed(.startFailed(let failure)) = result.jobs[JobID(0)] else {
            Issue.record("the job did not fail to start")
            return
        }
        #expect(failure.step == "make its container")
        #expect(failure.message == "No space left on device")
    }
}
