/// Where a probe connects to: a numeric address and a port.
struct Endpoint: Equatable {
    var host: String
    var port: UInt16

    /// Reads `5432`, `127.0.0.1:5432`, `localhost:5432` or `[::1]:5432`.
    init(parsing text: String) throws(EndpointError) {
        if text.allSatisfy(\.isNumber) {
            host = "127.0.0.1"
            port = try Self.port(text[...])
            return
        }
        guard let colon = text.lastIndex(of: ":"), text.last != "]" else { throw EndpointError.noPort }
        host = try Self.host(text[..<colon])
        port = try Self.port(text[text.index(after: colon)...])
    }

    static func port(_ text: Substring) throws(EndpointError) -> UInt16 {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text), port > 0 else {
            throw EndpointError.invalidPort
        }
        return port
    }

    /// A numeric address. Names would need a resolver, which takes its time; `localhost` is known.
    static func host(_ text: Substring) throws(EndpointError) -> String {
        if text == "localhost" { return "127.0.0.1" }
        if text.first == "[", text.last == "]" {
            let address = text.dropFirst().dropLast()
            guard isVersion6(address) else { throw EndpointError.invalidHost }
            return String(address)
        }
        guard isVersion4(text) else { throw EndpointError.invalidHost }
        return String(text)
    }

    private static func isVersion4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { $0.count <= 3 && UInt8($0) != nil && $0.first != "+" }
    }

    /// Eight groups of hexadecimal digits, or fewer with one gap; RFC 4291, 2.2.
    private static func isVersion6(_ text: Substring) -> Bool {
        guard let gap = text.firstRange(of: "::") else { return groups(text) == 8 }
        guard let left = groups(text[..<gap.lowerBound]), let right = groups(text[gap.upperBound...]) else {
            return false
        }
        return left + right <= 7
    }

    /// How many groups the text is made of; `nil` where it is not made of groups.
    private static func groups(_ text: Substring) -> Int? {
        if text.isEmpty { return 0 }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        let areValid = groups.allSatisfy { group in
            (1...4).contains(group.count) && group.allSatisfy { $0.isASCII && $0.isHexDigit }
        }
        return areValid ? groups.count : nil
    }
}

/// Why an address or a URL cannot be probed.
struct EndpointError: Error, Equatable {
    var message: String
    var hint: String?
    var isAboutURL = false

    static let noPort = EndpointError(message: "there is no port", hint: "such as 5432 or 127.0.0.1:5432")
    static let invalidPort = EndpointError(message: "a port is a number from 1 to 65535")
    static let invalidHost = EndpointError(
        message: "the host must be a numeric address",
        hint: "such as 127.0.0.1, [::1] or localhost"
    )

    var ofURL: EndpointError {
        var error = self
        error.isAboutURL = true
        return error
    }
}
