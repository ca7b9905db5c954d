import PkrunSystem
import PkrunTestSupport
import Testing

/// The shop with its real PostgreSQL and Redis, ended in every way: nothing is left, and the data can be used again.
@Suite(
    .serialized,
    .enabled(
        if: Programs.exist("postgres", "initdb", "psql", "redis-server", "redis-cli", "python3"),
        "needs postgresql, redis and python3"
    )
)
struct ShopTests {
    enum Ending: String, CaseIterable {
        case interrupt, terminate, hangUp, kill, crashOfTheAPI

        /// nil for SIGKILL, which is sent to pkrun, and for a crash.
        var signal: Int32? {
            switch self {
            case .interrupt: 2
            case .terminate: 15
            case .hangUp: 1
            case .kill: 9
            case .crashOfTheAPI: nil
            }
        }

        var exitCode: Int32 { signal.map { 128 + $0 } ?? 1 }

        var isGraceful: Bool { self != .kill }
    }

    /// A shop of its own in a directory that the user postgres can reach.
    private final class Shop {
        let scenario: Scenario
        let environment: [String: String]

        init() throws {
            scenario = try Scenario()
            let data = "/tmp/pkrun-shop-\(scenario.mark)"
            environment = [
                "SHOP_DATA": data,
                "SHOP_CACHE": "\(data)-cache.sock",
                "SHOP_PORT": "\(Int.random(in: 20_000..<30_000))",
                "SHOP_DB_USER": CurrentProcess.effectiveUserID == 0 ? "postgres" : "",
            ]
        }

        deinit {
            for path in ["SHOP_DATA", "SHOP_CACHE"].compactMap({ environment[$0] }) { Scenario.removeTree(path) }
        }

        func start(_ jobs: [String] = []) throws -> PkrunProcess {
            try scenario.start(
                ["\(Repository.path)/examples/shop/jobs.yaml", "--state-dir", "state"] + jobs,
                environment: environment
            )
        }

        /// The main process of a job, as the events tell.
        func process(of job: String) throws -> Int32 {
            let line = try scenario.text("state/latest/events.jsonl").split(separator: "\n").first {
                $0.contains(#""event":"job-started","job":"\#(job)""#)
            }
            let number = try #require(line?.split(separator: #""pid":"#).last?.prefix { $0.isNumber })
            return try #require(Int32(number))
        }

        func log(_ job: String) throws -> String { try scenario.text("state/latest/logs/\(job).log") }
    }

    @Test func `the smoke test passes, everything goes away, and the data is there the next time`() throws {
        let shop = try Shop()
        for round in 1...2 {
            let result = try shop.start().wait()
            #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
            #expect(try shop.log("smoke").contains("order \(round) is in PostgreSQL"))
            #expect(try shop.log("db").contains("database system is shut down"))
            #expect(shop.scenario.processes().isEmpty, "\(shop.scenario.processDescriptions())")
        }
    }

    @Test(arguments: Ending.allCases)
    func `nothing is left however it ends`(ending: Ending) throws {
        let shop = try Shop()
        let run = try shop.start(["api"])
        #expect(run.waitForOutput("the shop opens"))
        #expect(eventually { run.output.contains("api     ready") || run.output.contains("api ready") || run.hasEnded })
        let database = try shop.process(of: "db")
        if let signal = ending.signal {
            run.signal(signal)
        } else {
            Signals.send(9, to: try shop.process(of: "api"))
        }
        #expect(try run.wait().exitCode == ending.exitCode)
        #expect(eventually { shop.scenario.processes().isEmpty }, "\(shop.scenario.processDescriptions())")
        #expect(try shop.log("db").contains("database system is shut down") == ending.isGraceful)

        // PostgreSQL refuses its data while a process has the number in its lock file, be it dead and not yet reaped.
        #expect(eventually { ProcessRecord(of: database) == nil })
        let again = try shop.start().wait()
        #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    }
}
