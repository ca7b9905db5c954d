internal import PkrunSystem

/// The writing end of the pipe that a process reads from, or the keyboard of its terminal.
@ProcessThread
final class InputWriter {
    private let room = Notifier()
    private var writeEnd: OwnedDescriptor?
    private var registration: Reactor.Registration?
    private let isTerminal: Bool
    private var isInLine = false

    init(_ writeEnd: consuming OwnedDescriptor, isTerminal: Bool = false) {
        self.writeEnd = consume writeEnd
        self.isTerminal = isTerminal
    }

    /// Returns when everything is in the pipe. One call at a time, or the bytes mingle.
    func write(_ bytes: [UInt8]) async throws(ProcessError) {
        var written = 0
        while written < bytes.count {
            guard !Task.isCancelled else { throw .cancelled }
            let count = room.count
            if let more = try writeOnce(bytes[written...]) {
                written += more
            } else {
                await room.wait(after: count)
            }
        }
    }

    /// The process reads the end, after all that is in the pipe.
    func close() {
        stopWaiting()
        // Ctrl-D hands over the line so far, which is the end where there is none; termios(3), VEOF.
        if isTerminal { _ = try? writeEnd?.borrowed.write((isInLine ? [4, 4] : [4]).span) }
        writeEnd = nil
        room.notify()
    }

    private func writeOnce(_ bytes: ArraySlice<UInt8>) throws(ProcessError) -> Int? {
        guard let descriptor = writeEnd?.borrowed else { throw .inputClosed }
        do throws(SystemError) {
            if let count = try descriptor.write(bytes.span) {
                isInLine = bytes.prefix(count).last != UInt8(ascii: "\n")
                return count
            }
            if registration == nil {
                registration = try ProcessThread.reactor.register(descriptor.number, .write) { [unowned self] in
                    stopWaiting()
                    room.notify()
                }
            }
            return nil
        } catch {
            close()
            throw error.errorNumber == ErrorNumber.brokenPipe ? .inputClosed : ProcessError(error)
        }
    }

    private func stopWaiting() {
        if let registration { ProcessThread.reactor.cancel(registration) }
        registration = nil
    }
}
