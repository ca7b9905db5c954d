/// A pipe on which a process says with a newline that it is ready, as services of s6 do.
package final class NotifyPipe {
    private var readEnd: OwnedDescriptor?
    private var writeEnd: OwnedDescriptor?

    package enum Message {
        case newline
        /// The process has closed its end.
        case end
    }

    package init() throws(SystemError) {
        try Pipe().split { (reading, writing) throws(SystemError) in
            try reading.borrowed.setNonblocking(true)
            readEnd = consume reading
            writeEnd = consume writing
        }
    }

    package var descriptor: Int32 { readEnd?.number ?? -1 }

    /// For the process, until `begin`.
    package var writer: Int32 { writeEnd?.number ?? -1 }

    /// Leaves writing to the process.
    package func begin() { writeEnd = nil }

    /// What has come; `nil` for nothing of interest.
    package func receive() -> Message? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        guard let count = try? readEnd?.borrowed.read(into: &buffer) else { return nil }
        if count == 0 { return .end }
        return buffer[..<count].contains(UInt8(ascii: "\n")) ? .newline : nil
    }
}
