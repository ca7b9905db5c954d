/// The beginning of an HTTP response, as far as a probe cares; RFC 9112, section 4.
package enum HTTPStatusLine {
    /// Longest status line that a probe reads.
    package static let limit = 4096

    package enum Reading: Equatable {
        case incomplete
        case status(Int)
        /// What came is no HTTP/1 response.
        case invalid
    }

    /// Reads what has arrived so far.
    package static func read(_ received: [UInt8]) -> Reading {
        guard let end = received.firstIndex(of: 0x0A) else {
            return received.count < limit ? .incomplete : .invalid
        }
        let words = received[..<end].split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count >= 2, words[0].starts(with: "HTTP/1.".utf8) else { return .invalid }
        guard words[1].count >= 3, let status = Int(String(decoding: words[1].prefix(3), as: UTF8.self)) else {
            return .invalid
        }
        return .status(status)
    }
}
