import PkrunLogs
import PkrunSystem

/// The last of what a command writes, such as to be told when it fails. The rest is read and forgotten.
final class CommandTail {
    private let limit: Int
    private let reactor: Reactor
    private let readingEnd: OwnedDescriptor
    private var writingEnd: OwnedDescriptor?
    private var registration: Reactor.Registration?
    private var bytes: [UInt8] = []

    /// - Parameter limit: how many bytes are kept.
    init(reactor: Reactor, limit: Int = 1024) throws(SystemError) {
        self.limit = limit
        self.reactor = reactor
        var ends = try Pipe().split { reading, writing in Ends(reading: reading, writing: writing) }
        try ends.reading.borrowed.setNonblocking(true)
        writingEnd = ends.writing.take()
        readingEnd = ends.reading
    }

    private struct Ends: ~Copyable {
        var reading: OwnedDescriptor
        var writing: OwnedDescriptor?
    }

    /// For the command, until `begin`.
    var writer: Int32 { writingEnd?.number ?? -1 }

    /// Leaves writing to the command, and takes what comes.
    func begin() {
        writingEnd = nil
        registration = try? reactor.register(readingEnd.number, .read) { [unowned self] in
            if !readOnce() { cancel() }
        }
    }

    /// Takes what is left, once the command's tree is empty.
    /// - Returns: the last line that has anything in it.
    func finish() -> String? { LastLine.text(in: takeAll()) }

    /// Takes what is left, once the command's tree is empty.
    func takeAll() -> [UInt8] {
        while readOnce() {}
        cancel()
        return bytes
    }

    private func cancel() {
        if let registration { reactor.cancel(registration) }
        registration = nil
    }

    private func readOnce() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 4096)
        guard let count = try? readingEnd.borrowed.read(into: &chunk), count > 0 else { return false }
        bytes = (bytes + chunk[..<count]).suffix(limit)
        return true
    }
}
