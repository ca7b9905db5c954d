import PkrunPlan
import PkrunTestSupport
import Testing

@Suite struct GraphRendererTests {
    private func plan() throws -> Plan {
        let text = try #require(Fixtures.bytes("Manifests/shop.yaml"))
        return try Planner.plan(text, path: "shop.yaml", directory: "/srv/shop", host: .fake()).outcome.get()
    }

    @Test func ascii() throws {
        #expect(
            try GraphRenderer.render(plan(), as: .ascii) == """
                smoke
                └── api (ready)
                    ├── db (ready)
                    └── migrate (succeeded)
                        └── db (ready)

                """
        )
    }

    @Test func aSharedPartIsDrawnOnce() throws {
        var shared = try plan()
        shared.jobs[3].dependencies.append(Dependency(JobID(1), .succeeded))
        #expect(
            GraphRenderer.render(shared, as: .ascii) == """
                smoke
                ├── api (ready)
                │   ├── db (ready)
                │   └── migrate (succeeded)
                │       └── db (ready)
                └── migrate (succeeded) …

                """
        )
    }

    @Test func dot() throws {
        #expect(
            try GraphRenderer.render(plan(), as: .dot) == """
                digraph "shop" {
                  "db" [shape=box];
                  "migrate" [shape=ellipse];
                  "api" [shape=box];
                  "smoke" [shape=ellipse];
                  "migrate" -> "db" [label="ready"];
                  "api" -> "db" [label="ready"];
                  "api" -> "migrate" [label="succeeded"];
                  "smoke" -> "api" [label="ready"];
                }

                """
        )
    }

    @Test func mermaid() throws {
        #expect(
            try GraphRenderer.render(plan(), as: .mermaid) == """
                flowchart LR
                  j0["db"]
                  j1(["migrate"])
                  j2["api"]
                  j3(["smoke"])
                  j1 -->|ready| j0
                  j2 -->|ready| j0
                  j2 -->|succeeded| j1
                  j3 -->|ready| j2

                """
        )
    }

    @Test func aChainOfAnyLengthIsDrawn() {
        let jobs = (0..<20_000).map { number in
            JobPlan(
                name: "j\(number)",
                kind: .task,
                arguments: ["x"],
                dependencies: number == 0 ? [] : [Dependency(JobID(number - 1), .succeeded)]
            )
        }
        let plan = Plan(name: "chain", directory: "/", jobs: jobs, goals: [JobID(19_999)])
        #expect(GraphRenderer.render(plan, as: .ascii).hasSuffix("…\n"))
    }
}
