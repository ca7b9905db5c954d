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
