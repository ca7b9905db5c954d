import PkrunDiagnostics
import PkrunManifest
import PkrunPlan
import PkrunTestSupport
import Testing

/// Copies of jobs by the user's own word.
@Suite struct ScaleTests {
    private let host = Host.fake(files: ["/srv/.env": "PORT=7000\nTOKEN=x\n"])

    private func planning(_ text: String, _ scale: String, named name: String = "jobs.yaml") throws -> Planning {
        Planner.plan(
            Array(text.utf8),
            path: name,
            directory: "/srv",
            selection: Selection(scale: try #require(JobScale(parsing: scale))),
            host: host
        )
    }

    private let text = """
        jobs:
          web: { command: "./web ${PKRUN_REPLICA:-none}", replicas: 2 }
          worker: { command: ./worker, kind: service }
          grid: { command: ./grid, matrix: { os: [a, b] } }
        """

    @Test(arguments: [
        ("web=3", ["web.1", "web.2", "web.3", "worker", "grid.a", "grid.b"]),
        ("worker=2,web=1", ["web.1", "worker.1", "worker.2", "grid.a", "grid.b"]),
        ("grid=2", ["web.1", "web.2", "worker", "grid.a.1", "grid.a.2", "grid.b.1", "grid.b.2"]),
        ("worker=0", ["web.1", "web.2", "grid.a", "grid.b"]), ("all=0,web=1", ["web.1"]),
    ])
    func theUserSaysHowManyCopiesThereAre(scale: String, names: [String]) throws {
        #expect(try planning(text, scale).outcome.get().jobs.map(\.name) == names)
    }

    @Test func whatCannotBeScaledIsTold() throws {
        let unknown = try planning(text, "wbe=2")
        #expect(unknown.outcome == .failure(.unknownJobs))
        #expect(unknown.diagnostics.first?.hint == "did you mean 'web'?")
        #expect(try planning(text, "web=1000000000").diagnostics.map(\.code) == [.outOfRange])
        let needed = "jobs: { db: { command: x, kind: service }, api: { command: x, depends_on: [db] } }"
        #expect(try planning(needed, "db=0").diagnostics.map(\.code) == [.disabledDependency])
    }

    @Test(arguments: ["web", "web=", "web=x", "web=-1", "=2", "web=1,,", "web=1=2", ""])
    func whatIsNoScaleIsRefused(text: String) {
        #expect(JobScale(parsing: text) == nil)
    }

    @Test func copiesOfProcessComposeKnowTheirNumbers() throws {
        let text = "processes: { web: { command: 'x {{.PC_REPLICA_NUM}}' } }"
        let plan = try planning(text, "web=2", named: "process-compose.yaml").outcome.get()
        #expect(plan.jobs.map(\.arguments.last) == ["x 0", "x 1"])
    }

    /// foreman gives each type of process a hundred ports, and each copy one of them.
    @Test func copiesOfAProcfileHaveTheirPorts() throws {
        let procfile = "web: ./web\r\nidle: ./idle\r\nworker: ./worker $PORT\r\n"
        let plan = try planning(procfile, "web=2,idle=0,worker=2", named: "Procfile").outcome.get()
        #expect(plan.jobs.map(\.name) == ["web.1", "web.2", "worker.1", "worker.2"])
        #expect(plan.jobs.map(\.arguments.last) == ["./web", "./web", "./worker $PORT", "./worker $PORT"])
        let values = plan.jobs.map { job in
            ["PORT", "PS"].map { name in job.environment.changes.last { $0.name == name }?.value ?? "" }
        }
        #expect(
            values == [["7000", "web.1"], ["7001", "web.2"], ["7200", "worker.1"], ["7201", "worker.2"]]
        )
    }
}
