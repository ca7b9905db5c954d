package import PkrunEvents

extension EventEncoder {
    /// One line by itself.
    package mutating func encode(_ event: RunEvent, at time: Timestamp) -> [UInt8] {
        var writer = JSONWriter()
        encode(event, at: time, into: &writer)
        return writer.bytes
    }
}

extension RunReport {
    /// All of it.
    package func encode() -> [UInt8] {
        var bytes: [UInt8] = []
        encode { piece in for index in piece.indices { bytes.append(piece[index]) } }
        return bytes
    }
}
