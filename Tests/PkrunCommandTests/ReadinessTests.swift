import Glibc
import PkrunSystem
import PkrunTestSupport
import Testing

/// How services show that they are ready, and what is told of those that do not.
@Suite struct ReadinessTests {
    private func run(_ manifest: String) throws -> (Scenario, PkrunResult) {
        let scenario = try Scenario(manifest)
        let result = try scenario.run(["jobs.yaml"])
        #expect(scenario.processes().isEmpty, "\(scenario.processDescriptions())")
        return (scenario, result)
    }

    private static func server(_ port: Int) -> String {
        "[python3, -u, -m, http.server, \"\(port)\", --bind, 127.0.0.1]"
    }

    @Test func `a port counts when a process of the job's own tree listens on it`() throws {
        let port = Int.random(in: 20_000..<30_000)
        let (_, result) = try run(
            """
            jobs:
              server: { command: "python3 -m http.server \(port) --bind 127.0.0.1 & wait", ready: { port: \(port) } }
              client: { command: ["true"], depends_on: [server] }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
    }

    @Test func `a stranger on the port fails the job and is named`() throws {
        let port = Int.random(in: 20_000..<30_000)
        let (scenario, result) = try run(
            """
            jobs:
              stranger: { command: \(Self.server(port)), ready: { tcp: \(port) } }
              server: { command: sleep 1000, ready: { port: \(port) }, depends_on: [stranger] }
            """
        )
        #expect(result.exitCode == 1)
        #expect(result.output.contains("port \(port) belongs to "), "\(result.output)")
        #expect(result.output.contains("http.server \(port)"), "\(result.output)")
        #expect(try scenario.text(".pkrun/latest/events.jsonl").contains("\"kind\":\"port-taken\""))
    }

    @Test(arguments: Mechanisms.available, [false, true])
    func `a stranger that another run has started is told with its run and job`(
        mechanism: String,
        isOrphan: Bool
    ) throws {
        let port = Int.random(in: 20_000..<30_000)
        let server = "python3 -u -m http.server \(port) --bind 127.0.0.1"
        let first = try Scenario(
            """
            containment: \(mechanism)
            jobs:
              other: { command: sleep 1000, kind: service }
              web: { command: "\(isOrphan ? "(\(server) &); sleep 1000" : server)", ready: { tcp: \(port) } }
            """
        )
        let holder = try first.start(["jobs.yaml"])
        #expect(holder.waitForOutput("ready after"), "\(holder.output)")
        let run = try FileSystem.canonicalPath(first.path(".pkrun/latest"))
        let (_, result) = try self.run("jobs: { api: { command: sleep 1000, ready: { port: \(port) } } }")
        #expect(result.exitCode == 1)
        #expect(result.output.contains(" of job web in the run \(run)"), "\(result.output)")
        holder.signal(SIGTERM)
        _ = try holder.wait()
    }

    @Test func `a file and a word to the notify socket make ready`() throws {
        let (_, result) = try run(
            """
            jobs:
              server:
                command:
                  - python3
                  - -c
                  - |
                    import os, socket, time
                    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                    s.connect("\\0" + os.environ["NOTIFY_SOCKET"][1:])
                    s.send(b"STATUS=warming up")
                    s.send(b"STATUS=up\\nREADY=1")
                    time.sleep(1000)
                ready: { file: flag, notify: systemd, interval: 10ms }
              helper: { command: "sleep 0.2; touch flag" }
              client: { command: test -e flag, depends_on: [server] }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
    }

    @Test func `a newline on a descriptor makes ready, and more may be written there`() throws {
        let (_, result) = try run(
            """
            jobs:
              # As services of s6 do, but without closing it: nobody is ended for what is written after the newline.
              server:
                command: "printf warming >&5; echo up >&5; while ! test -e go; do sleep 0.01; done; echo x >&5; touch on; sleep 1000"
                ready: { notify: { fd: 5 } }
              client: { command: "touch go; while ! test -e on; do sleep 0.01; done", depends_on: [server] }
            """
        )
        #expect(result.exitCode == 0, "\(result.output)")
    }

    @Test func `who closes the descriptor without a newline is not ready`() throws {
        let (scenario, result) = try run(
            """
            on_failure: continue
            jobs:
              shy: { command: "printf x >&3; exec 3>&-; sleep 1000", ready: { notify: { fd: 3 }, timeout: 1s } }
              silent: { command: sleep 1000, ready: { notify: { fd: 3 }, timeout: 1s } }
              client: { command: ["true"], depends_on: [shy, silent] }
            """
        )
        #expect(result.exitCode == 1)
        for words in ["fd 3: descriptor 3 was closed without a newline", "notify fd 3: nothing was said"] {
            #expect(result.output.contains(words), "\(words) is not in \(result.output)")
        }
        let why = try scenario.run(["why", "shy"])
        #expect(why.output.contains("notify fd 3: descriptor 3 was closed without a newline"), "\(why.output)")
    }

    @Test func `a probe is tried again as often as it may be`() throws {
        let (scenario, result) = try run(
            """
            on_failure: continue
            jobs:
              slow:
                command: sleep 1000
                ready: { exec: "echo x >> tries; echo not yet; exit 1", retries: 2, interval: 10ms, timeout: 1h }
              quick:
                command: sleep 1000
                ready: { exec: "echo x >> more; test $$(wc -l < more) -eq 3", retries: 2, interval: 10ms }
              test: { command: ["true"], depends_on: [quick] }
            """
        )
        #expect(result.exitCode == 1)
        #expect(result.output.contains("was not ready after 3 tries"), "\(result.output)")
        #expect(result.output.contains("exited with 1: not yet"), "\(result.output)")
        #expect(try scenario.text("tries") == "x\nx\nx\n")
        #expect(try scenario.text(".pkrun/latest/report.json").contains("probe-failed"))
    }

    @Test func `when a service is not ready in time, each probe says why`() throws {
        let port = Int.random(in: 20_000..<30_000)
        let (scenario, result) = try run(
            """
            on_failure: continue
            jobs:
              server: { command: \(Self.server(port)), ready: { tcp: \(port) } }
              slow:
                command: sleep 1000
                depends_on: [server]
                ready:
                  tcp: 1
                  http: http://127.0.0.1:\(port)/missing
                  exec: "echo one; echo not yet >&2; exit 7"
                  line: hello
                  file: nowhere
                  notify: systemd
                  timeout: 2s
                  interval: 50ms
              test: { command: ["true"], depends_on: [slow] }
            """
        )
        #expect(result.exitCode == 1)
        for words in [
            "tcp 127.0.0.1:1: Connection refused", "missing: HTTP 404", "exited with 7: not yet",
            "line 'hello': no line matched", "nowhere: there is no such file", "notify systemd: nothing was said",
        ] {
            #expect(result.output.contains(words), "\(words) is not in \(result.output)")
        }
        #expect(try scenario.text(".pkrun/latest/events.jsonl").contains("\"event\":\"job-not-ready\""))
    }
}
