extension HTTPProbe {
    /// Reads `http://host[:port][/path][?query]`; RFC 3986. A fragment is the client's own business and dropped.
    init(parsing url: String) throws(EndpointError) {
        let scheme = "http://"
        if url.lowercased().hasPrefix("https://") {
            throw EndpointError(
                message: "https cannot be probed",
                hint: "use exec: [curl, -fsS, \(url)]",
                isAboutURL: true
            )
        }
        guard url.lowercased().hasPrefix(scheme) else {
            throw EndpointError(message: "this is not an http:// URL", isAboutURL: true)
        }
        // Anything else could end the request line early.
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw EndpointError(message: "a URL has no spaces and no letters beyond ASCII", isAboutURL: true)
        }
        let rest = url.utf8.dropFirst(scheme.utf8.count).prefix { $0 != UInt8(ascii: "#") }
        let authority = Substring(rest.prefix { !"/?".utf8.contains($0) })
        let target = Substring(rest[authority.endIndex...])
        let (host, port) = try Self.endpoint(authority)
        self.init(
            url: url,
            host: host,
            port: port,
            target: target.first == "/" ? String(target) : "/\(target)",
            authority: String(authority)
        )
    }

    private static func endpoint(_ authority: Substring) throws(EndpointError) -> (host: String, port: UInt16) {
        guard !authority.utf8.contains(UInt8(ascii: "@")) else {
            throw EndpointError(
                message: "a user in the URL is not supported",
                hint: "use headers: { Authorization: … }",
                isAboutURL: true
            )
        }
        do throws(EndpointError) {
            guard let colon = authority.utf8.lastIndex(of: UInt8(ascii: ":")), authority.last != "]" else {
                return (try Endpoint.host(authority), 80)
            }
            return (
                try Endpoint.host(authority[..<colon]),
                try Endpoint.port(authority[authority.index(after: colon)...])
            )
        } catch {
            throw error.ofURL
        }
    }
}
