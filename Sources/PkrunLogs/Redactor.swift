/// Puts `***` in the place of secrets in a stream, however the stream is cut into chunks.
///
/// Of what may be the beginning of a secret, no more is held back than that beginning. Where secrets overlap, the one
/// that begins first goes, and the longest of those that begin there.
package struct Redactor: Sendable {
    package static let mask = Array("***".utf8)

    /// The longest first.
    private let secrets: [[UInt8]]
    private let beginnings: [Bool]
    private var held: [UInt8] = []

    /// - Parameter secrets: empty ones do not count.
    package init(_ secrets: some Sequence<String>) {
        self.secrets = secrets.map { Array($0.utf8) }.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        var beginnings = [Bool](repeating: false, count: 256)
        for secret in self.secrets { beginnings[Int(secret[0])] = true }
        self.beginnings = beginnings
    }

    /// - Returns: what is certain by now.
    package mutating func redact(_ chunk: Span<UInt8>) -> [UInt8] {
        for index in chunk.indices { held.append(chunk[index]) }
        return release(atEnd: false)
    }

    /// The stream has ended.
    package mutating func finish() -> [UInt8] { release(atEnd: true) }

    /// A text that is whole.
    package func redacted(_ text: String) -> String {
        var redactor = self
        redactor.held = Array(text.utf8)
        return String(decoding: redactor.release(atEnd: true), as: UTF8.self)
    }

    private mutating func release(atEnd: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(held.count)
        var position = 0
        scan: while position < held.count {
            guard beginnings[Int(held[position])] else {
                output.append(held[position])
                position += 1
                continue
            }
            let rest = held[position...]
            for secret in secrets {
                if !atEnd, rest.count < secret.count, secret.starts(with: rest) { break scan }
                if rest.starts(with: secret) {
                    output += Self.mask
                    position += secret.count
                    continue scan
                }
            }
            output.append(held[position])
            position += 1
        }
        held.removeFirst(position)
        return output
    }
}
