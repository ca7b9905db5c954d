package import PkrunSystem

/// Takes what a tree writes into a pipe, or to its terminal, to its log, byte for byte, and shows it to a reader on the
/// way.
///
/// A pipe is read whenever it has something, until every writer has closed it or `drain` is called. Emptiness of the
/// tree is what ends a capture, not the end of the pipe: a process outside may hold the writing end for ever.
package final class OutputCapture {
    private var readingEnd: OwnedDescriptor?
    private var writingEnd: OwnedDescriptor?
    private let log: LogFile
    private var redactor: Redactor?
    private let reactor: Reactor
    private let buffer: CaptureBuffer
    private let reader: (Span<UInt8>) -> Void
    private let failed: (SystemError) -> Void
    private var registration: Reactor.Registration?
    private var hasGrown = false

    /// As large as a pipe may be without privilege, and the size that every pipe begins with; pipe(7).
    private static let largestPipe: Int32 = 1 << 20
    private static let usualPipe = 1 << 16

    /// - Parameters:
    ///   - terminal: what takes the place of a pipe.
    ///   - redactor: takes secrets out before anybody sees them, the log included.
    ///   - reader: sees every chunk after it is in the log.
    ///   - failed: told when the log cannot be written; the pipe is read on, so that its writers go on.
    package init(
        to log: LogFile,
        from terminal: TerminalPair? = nil,
        redactor: Redactor? = nil,
        reactor: Reactor,
        buffer: CaptureBuffer,
        reader: @escaping (Span<UInt8>) -> Void,
        failed: @escaping (SystemError) -> Void
    ) throws(SystemError) {
        self.log = log
        self.redactor = redactor
        self.reactor = reactor
        self.buffer = buffer
        self.reader = reader
        self.failed = failed
        if let terminal {
            readingEnd = try terminal.ownSide()
            return
        }
        try Pipe().split { (reading, writing) throws(SystemError) in
            try reading.borrowed.setNonblocking(true)
            readingEnd = consume reading
            writingEnd = consume writing
        }
    }

    /// The end of the pipe for the process whose output it is, until `begin`.
    package var writer: Int32 { writingEnd?.number ?? -1 }

    /// Leaves writing to the process, and takes what comes.
    package func begin() throws(SystemError) {
        writingEnd = nil
        try resume()
    }

    /// Goes on after `pause`.
    package func resume() throws(SystemError) {
        guard registration == nil, let number = readingEnd?.number else { return }
        registration = try reactor.register(number, .read) { [unowned self] in
            if readOnce() == .end { close() }
        }
    }

    /// Leaves what comes in the pipe: its writers will have to wait.
    package func pause() {
        if let registration { reactor.cancel(registration) }
        registration = nil
    }

    /// Takes all that is left and closes. To be called when the tree is empty: then nothing more can come.
    package func drain() {
        while readOnce() == .some {}
        close()
    }

    private enum Progress {
        case some, nothing, end
    }

    private func readOnce() -> Progress {
        guard let descriptor = readingEnd?.borrowed else { return .end }
        let count: Int
        do throws(SystemError) {
            guard let read = try buffer.read(from: descriptor, take) else { return .nothing }
            count = read
        } catch {
            // EIO: the job has hung up its terminal.
            return .end
        }
        growPipe(descriptor, after: count)
        return count == 0 ? .end : .some
    }

    private func take(_ chunk: Span<UInt8>) {
        guard redactor != nil else { return record(chunk) }
        if let output = redactor?.redact(chunk), !output.isEmpty { record(output.span) }
    }

    private func record(_ chunk: Span<UInt8>) {
        do throws(SystemError) {
            try log.append(chunk)
        } catch {
            failed(error)
        }
        reader(chunk)
    }

    /// A writer that fills the pipe gets a larger one: fewer switches between it and us (measured: 1.2 to 1.3 times the
    /// throughput). Where the kernel refuses, as pipe(7) says under pipe-user-pages-soft, the usual size serves.
    private func growPipe(_ descriptor: Descriptor, after count: Int) {
        guard !hasGrown, count >= Self.usualPipe else { return }
        hasGrown = true
        try? descriptor.setPipeCapacity(Self.largestPipe)
    }

    private func close() {
        pause()
        readingEnd = nil
        if let output = redactor?.finish(), !output.isEmpty { record(output.span) }
    }
}
