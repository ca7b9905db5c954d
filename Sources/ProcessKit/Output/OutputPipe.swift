internal import PkrunSystem

/// The reading end of a pipe that a tree writes to, or the screen of its terminal.
@ProcessThread
final class OutputPipe {
    private let stream: OutputStream
    private unowned let tree: ContainedTree
    private var readEnd: OwnedDescriptor?
    private var writeEnd: OwnedDescriptor?
    private var registration: Reactor.Registration?

    private static var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// - Parameter writeEnd: stays open, so that this thread is not woken when the tree closes it: what there is to
    ///   know comes with the end of the tree.
    init(
        _ stream: OutputStream,
        _ readEnd: consuming OwnedDescriptor,
        keeping writeEnd: consuming OwnedDescriptor? = nil,
        of tree: ContainedTree
    ) {
        self.stream = stream
        self.tree = tree
        self.readEnd = consume readEnd
        self.writeEnd = consume writeEnd
    }

    /// Reads whatever comes, until there is too much that nobody takes.
    func resume() {
        guard registration == nil, let number = readEnd?.number else { return }
        registration = try? ProcessThread.reactor.register(number, .read) { [unowned self] in
            if readOnce() == 0 { return close() }
            if tree.output.isFull { pause() }
        }
    }

    /// Takes all that is left. To be called when nobody is left to write.
    func drain() {
        while let count = readOnce(), count > 0 {}
        close()
    }

    /// - Returns: how many bytes, 0 at the end, `nil` where there is nothing now.
    private func readOnce() -> Int? {
        let count: Int?
        do throws(SystemError) {
            count = try readEnd?.borrowed.read(into: &Self.buffer)
        } catch {
            // EIO: it has hung up its terminal.
            return 0
        }
        guard let count, count > 0 else { return count }
        tree.output.put(Self.buffer[..<count], from: stream)
        tree.noteOutput()
        return count
    }

    private func pause() {
        if let registration { ProcessThread.reactor.cancel(registration) }
        registration = nil
    }

    private func close() {
        pause()
        readEnd = nil
        writeEnd = nil
    }
}
