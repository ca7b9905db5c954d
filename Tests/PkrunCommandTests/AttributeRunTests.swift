import PkrunSystem
import PkrunTestSupport
import Testing

/// What a job has from the kernel, as proc(5) and the job itself tell it.
@Suite struct AttributeRunTests {
    @Test(arguments: ["auto", "subreaper"])
    func `a job has the mask, the priority, the processors and the limits that it is given`(containment: String) throws
    {
        let processor = try #require(Self.processors.first)
        let scenario = try Scenario(
            """
            containment: \(containment)
            jobs:
              a:
                command: |
                  umask; nice; taskset -cp $$$$ | sed 's/.*: //'
                  sed -n 's/^Max \\(open files\\|core file size\\|processes\\) *\\([^ ]*\\) *\\([^ ]*\\).*/\\1 \\2 \\3/p' /proc/$$$$/limits
                umask: "027"
                nice: 7
                cpus: "\(processor)"
                ulimits: { nofile: { soft: 77, hard: 88 }, core: 0 }
            """
        )
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        let lines = Set(try scenario.log("a").split(separator: "\n").map(String.init))
        let expected = ["0027", "7", "\(processor)", "open files 77 88", "core file size 0 0"]
        #expect(lines.isSuperset(of: expected), "\(lines)")
    }

    @Test(arguments: ["auto", "subreaper"])
    func `a processor that is not there is told`(containment: String) throws {
        let job = "{ command: echo started, cpus: \"0,1023\" }"
        let scenario = try Scenario("containment: \(containment)\njobs: { a: \(job) }")
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 1)
        #expect(result.output.contains("choose its processors"), "\(result.output)")
        #expect(try !scenario.log("a").contains("started"))
    }

    /// pkrun asks the scheduler for short ones, for itself.
    @Test(
        .enabled(if: turn(in: ownSchedule) != nil, "this kernel does not tell turns"),
        arguments: ["auto", "subreaper"]
    )
    func `a job has turns as long as anybody's`(containment: String) throws {
        let scenario = try Scenario("containment: \(containment)\njobs: { a: { command: [cat, /proc/self/sched] } }")
        #expect(try scenario.run(["jobs.yaml"]).exitCode == 0)
        #expect(Self.turn(in: try scenario.log("a")) == Self.turn(in: Self.ownSchedule))
    }

    private static var ownSchedule: String {
        String(decoding: (try? FileSystem.contents(of: "/proc/self/sched")) ?? [], as: UTF8.self)
    }

    /// The `se.slice` of proc(5)'s `sched`, in nanoseconds.
    private static func turn(in schedule: String) -> Int? {
        let line = schedule.split(separator: "\n").first { $0.hasPrefix("se.slice ") }
        return line.flatMap { Int($0.drop { !$0.isNumber }) }
    }

    /// Those that this process may run on; the first is enough.
    private static var processors: [Int] {
        let status = String(decoding: (try? FileSystem.contents(of: "/proc/self/status")) ?? [], as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
        return line?.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) } ?? []
    }
}
