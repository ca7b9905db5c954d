internal import PkrunTestSupport
import ProcessKit
internal import Testing

/// Waiting until a process is ready: A13.
@Suite struct ContractReadinessTests {
    @Test("A13: readiness by path and question; the end is noticed")
    func readiness() async throws {
        let directory = try TemporaryPlace()
        let server = try await Command(shell: "sleep 0.05; touch '\(directory.path)/ready'; sleep 1000").start()
        try await server.waitForPath("\(directory.path)/ready", within: patience)
        await #expect(throws: ProcessError.notReady(.timeout)) {
            try await server.waitForPath("/no/such/path", within: .milliseconds(50))
        }
        #expect(await !server.hasEnded)
        await server.stop()
        await #expect(throws: ProcessError.notReady(.ended)) { try await server.waitFor(within: patience) { false } }
        await #expect(throws: ProcessError.notReady(.ended)) {
            try await server.waitForLine(within: patience) { _ in true }
        }
    }

    @Test("A13: readiness by port", .enabled(if: Programs.exist("python3"), "python3 is not here"))
    func port() async throws {
        let server = try await Self.server(
            """
            server = socket.create_server(('127.0.0.1', 0))
            print(server.getsockname()[1], flush=True)
            time.sleep(1000)
            """
        )
        let port = try await Self.port(of: server)
        try await server.waitForPort(port, within: patience)
        await server.kill()
        await #expect(throws: ProcessError.notReady(.ended)) { try await server.waitForPort(port, within: patience) }
    }

    @Test(
        "A13: readiness by socket; the file of a dead server is none",
        .enabled(if: Programs.exist("python3"), "python3 is not here")
    )
    func socket() async throws {
        let directory = try TemporaryPlace()
        let path = "\(directory.path)/socket"
        let dead = try await Self.server("socket.socket(socket.AF_UNIX).bind('\(path)')").result()
        #expect(dead.isSuccess)
        let server = try await Self.server(
            """
            sys.stdin.readline()
            import os; os.unlink('\(path)')
            server = socket.socket(socket.AF_UNIX)
            server.bind('\(path)')
            server.listen()
            time.sleep(1000)
            """
        )
        await #expect(throws: ProcessError.notReady(.timeout)) {
            try await server.waitForSocket(path, within: .milliseconds(50))
        }
        try await server.write("go\n")
        try await server.waitForSocket(path, within: patience)
        await server.kill()
        await #expect(throws: ProcessError.notReady(.ended)) { try await server.waitForSocket(path, within: patience) }
        let tooLong = "/" + String(repeating: "x", count: 200)
        await #expect(throws: ProcessError.notReady(.ended)) {
            try await server.waitForSocket(tooLong, within: patience)
        }
    }

    @Test(
        "A13: readiness by HTTP status; who accepts and never answers is not ready",
        .enabled(if: Programs.exist("python3"), "python3 is not here")
    )
    func http() async throws {
        let server = try await Self.server(
            """
            from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
            class Handler(BaseHTTPRequestHandler):
                seen = 0
                def do_GET(self):
                    if self.path == '/silent': time.sleep(1000)
                    Handler.seen += 1
                    ready = self.path == '/a%20b?c' and self.headers['Host'].startswith('127.0.0.1:') and Handler.seen > 3
                    self.send_response(204 if ready else 503)
                    self.end_headers()
                def log_message(self, *words): pass
            server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
            print(server.server_port, flush=True)
            server.serve_forever()
            """
        )
        let port = try await Self.port(of: server)
        try await server.waitForHTTP("/a b?c", port: port, within: patience)
        try await server.waitForHTTP("/other", port: port, status: 503...503, within: patience)
        for path in ["/other", "/silent"] {
            await #expect(throws: ProcessError.notReady(.timeout)) {
                try await server.waitForHTTP(path, port: port, within: .milliseconds(100))
            }
        }
        let waiting = Task { try await server.waitForHTTP("/silent", port: port, within: patience) }
        waiting.cancel()
        let outcome = await waiting.result
        #expect(throws: ProcessError.cancelled) { try outcome.get() }
        await server.kill()
        await #expect(throws: ProcessError.notReady(.ended)) {
            try await server.waitForHTTP(port: port, within: patience)
        }
    }

    private static func server(_ script: String) async throws -> RunningProcess {
        try await Command("python3", ["-c", "import socket, sys, time\n" + script]).withWriter().start()
    }

    private static func port(of server: RunningProcess) async throws -> UInt16 {
        try #require(UInt16(try await server.waitForLine(within: patience) { _ in true }.text))
    }
}
