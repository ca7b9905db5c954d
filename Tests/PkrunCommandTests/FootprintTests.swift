import PkrunSystem
import PkrunTestSupport
import Testing

/// What a job that stays costs pkrun.
@Suite struct FootprintTests {
    @Test(
        "a job that writes its log itself costs pkrun three descriptors",
        .enabled(if: Mechanisms.available.contains("cgroup"), "no cgroup that may be used here")
    )
    func descriptors() throws {
        let few = try descriptors(services: 3)
        let more = try descriptors(services: 13)
        #expect(more - few <= 3 * 10, "\(few) and \(more)")
    }

    private func descriptors(services count: Int) throws -> Int {
        let jobs = (1...count).map { "  s\($0): { command: [sleep, '1000'], kind: service }\n" }
        let scenario = try Scenario("containment: cgroup\njobs:\n\(jobs.joined())")
        let pkrun = try scenario.start(["up", "-q"])
        #expect(pkrun.waitForOutput("everything is up"))
        let open = try FileSystem.entries(of: "/proc/\(pkrun.identifier)/fd").count
        pkrun.signal(2)
        #expect(try pkrun.wait().exitCode == 130)
        return open
    }
}
