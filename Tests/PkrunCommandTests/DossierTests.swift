import PkrunSystem
import PkrunTestSupport
import Testing

/// What is told of a job that takes too long or does not go, before it is killed.
@Suite struct DossierTests {
    @Test func `a tree that withstands the ladder is described before it is killed`() throws {
        let scenario = try Scenario(
            """
            jobs:
              stubborn:
                command: "trap '' TERM; echo any last words; sleep 1000; sleep 1000"
                timeout: 300ms
                stop: [{ signal: TERM, to: main, wait: 100ms }]
            """
        )
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.exitCode == 1)
        #expect(result.output.contains("its last line was: any last words"), "\(result.output)")
        #expect(result.output.contains(": sleep 1000"), "\(result.output)")
        let events = try scenario.text(".pkrun/latest/events.jsonl").split(separator: "\n")
        let kinds = events.compactMap { $0.split(separator: "\"event\":\"").last?.prefix { $0 != "\"" } }
        let told = try #require(kinds.lastIndex(of: "job-dossier"))
        let killed = try #require(kinds.firstIndex(of: "job-killing"))
        #expect(told < killed)
        #expect(scenario.processes().isEmpty)
    }

    @Test(arguments: [[], ["-q"]], [false, true])
    func `the last line is told whichever way it takes to its log`(arguments: [String], isSplit: Bool) throws {
        let scenario = try Scenario(
            """
            jobs:
              stuck:
                command: "echo to the one >&2; sleep 0.1; echo to the other; sleep 1000"
                timeout: 1s
                log: { split: \(isSplit) }
            """
        )
        let result = try scenario.run(arguments + ["jobs.yaml"])
        #expect(result.exitCode == 1)
        #expect(result.output.contains("its last line was: to the other"), "\(result.output)")
    }

    @Test func `who waits for somebody at the other end of a connection is said to`() throws {
        let scenario = try Scenario(
            """
            jobs:
              waiting:
                command:
                  - python3
                  - -c
                  - |
                    import socket
                    server = socket.create_server(("127.0.0.1", 0))
                    port = server.getsockname()[1]
                    print("port", port, flush=True)
                    client = socket.create_connection(("127.0.0.1", port))
                    client.recv(1)
                idle_timeout: 1s
            """
        )
        let result = try scenario.run(["jobs.yaml"])
        let port = try #require(try scenario.log("waiting").split(separator: " ").last?.dropLast())
        #expect(result.output.contains("listens on 127.0.0.1:\(port)"), "\(result.output)")
        #expect(result.output.contains("is connected to 127.0.0.1:\(port)"), "\(result.output)")
        let events = try scenario.text(".pkrun/latest/events.jsonl")
        #expect(events.contains("\"sockets\":[\""))
    }

    @Test(.enabled(if: (try? FileSystem.contents(of: "/proc/self/syscall")) != nil, "needs /proc/PID/syscall"))
    func `who reads what will never be written is said to do so`() throws {
        let scenario = try Scenario("jobs: { ask: { command: 'sleep 1000 | cat', idle_timeout: 300ms } }")
        let result = try scenario.run(["jobs.yaml"])
        #expect(result.output.contains("reads standard input (pipe:"), "\(result.output)")
    }
}
