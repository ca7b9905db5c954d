/// The one HTTP request that is ever made here: a plain GET; RFC 9112.
package enum HTTPRequest {
    /// - Parameters:
    ///   - target: path and query, beginning with a slash. What would end the request line early is percent-encoded.
    ///   - authority: the `Host` header.
    package static func get(
        _ target: String,
        from authority: String,
        headers: [(name: String, value: String)] = []
    ) -> [UInt8] {
        var lines = [
            "GET \(encoded(target)) HTTP/1.1", "Host: \(authority)", "Connection: close", "User-Agent: pkrun",
        ]
        lines += headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private static func encoded(_ target: String) -> String {
        target.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return switch byte {
            case 0x21...0x7E: String(UnicodeScalar(byte))
            case ..<0x10: "%0\(digits)"
            default: "%\(digits)"
            }
        }.joined()
    }
}
