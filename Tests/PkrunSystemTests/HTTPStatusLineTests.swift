internal import PkrunSystem
internal import Testing

@Suite struct HTTPStatusLineTests {
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n", HTTPStatusLine.Reading.status(200)),
        ("HTTP/1.0 503 Service Unavailable\r\nServer: x\r\n", .status(503)),
        ("HTTP/1.1 204\r\n", .status(204)),
        ("HTTP/1.1 200", .incomplete),
        ("", .incomplete),
        ("SSH-2.0-OpenSSH_9.2\r\n", .invalid),
        ("HTTP/1.1\r\n", .invalid),
        ("HTTP/1.1 abc OK\r\n", .invalid),
        ("\n", .invalid),
    ])
    func `the status is read from what has come so far`(text: String, expected: HTTPStatusLine.Reading) {
        #expect(HTTPStatusLine.read(Array(text.utf8)) == expected)
    }

    @Test func `a server that never ends its line is no HTTP server`() {
        #expect(HTTPStatusLine.read([UInt8](repeating: 65, count: HTTPStatusLine.limit)) == .invalid)
    }
}
