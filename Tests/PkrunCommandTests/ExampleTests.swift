import PkrunSystem
import PkrunTestSupport
import Testing

/// The examples are run as a reader of the README would run them.
@Suite(.serialized) struct ExampleTests {
    private func start(_ example: String, in scenario: Scenario, _ environment: [String: String] = [:]) throws
        -> PkrunProcess
    {
        try scenario.start(
            ["\(Repository.path)/examples/\(example)", "--state-dir", "state"],
            environment: environment
        )
    }

    @Test func `quickstart comes up in order and goes away by itself`() throws {
        let scenario = try Scenario()
        let result = try start("quickstart.yaml", in: scenario).wait()
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(scenario.processes().isEmpty)
        let order = ["ready to accept connections", "hello from the api", "the api answers"]
        let places = order.compactMap { result.output.firstRange(of: $0)?.lowerBound }
        #expect(places.count == 3 && places == places.sorted(), "\(result.output)")
    }

    @Test func `stubborn leaves nothing`() throws {
        let scenario = try Scenario()
        let run = try start("stubborn.yaml", in: scenario)
        #expect(run.waitForOutput("stubborn ready") || run.waitForOutput("ready after"))
        #expect(scenario.processes().count > 6)
        run.signal(9)
        #expect(eventually { scenario.processes().isEmpty }, "\(scenario.processDescriptions())")
    }

    @Test func `dev follows its files, restarts what falls and is unwell, and tidies up`() throws {
        let scenario = try Scenario()
        let run = try start("dev.yaml", in: scenario, ["DEV_WORKSPACE": scenario.path("work")])
        #expect(run.waitForOutput("serving <h1>hello</h1>"), "\(run.output)\(run.errors)")
        func serves(_ text: String, _ times: Int) -> Bool {
            eventually { run.output.ranges(of: "serving <h1>\(text)</h1>").count == times }
        }
        try scenario.write("work/greeting.txt", "good morning\n")
        #expect(serves("good morning", 1), "\(run.output)")
        try scenario.write("work/crash", "")
        #expect(serves("good morning", 2), "\(run.output)")
        #expect(run.waitForOutput("starting again in"), "\(run.output)")
        try scenario.write("work/sick", "")
        #expect(serves("good morning", 3), "\(run.output)")
        #expect(run.output.contains("unhealthy"), "\(run.output)")
        run.signal(2)
        let result = try run.wait()
        #expect(result.exitCode == 130)
        #expect(result.output.contains("the run was interrupted"), "\(result.output)")
        #expect((try? scenario.bytes("work/page.html")) == nil)
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
    }

    @Test(.enabled(if: Programs.exist("redis-server", "redis-cli"), "needs redis-server"))
    func `ci runs its steps and ends by itself`() throws {
        let scenario = try Scenario()
        let result = try start("ci.yaml", in: scenario, ["CI_WORKSPACE": scenario.path("workspace")]).wait()
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("the cache keeps what it was told"))
        #expect((try? scenario.bytes("workspace/cache.tar")) != nil)
        #expect(scenario.processes().isEmpty)
    }
}
