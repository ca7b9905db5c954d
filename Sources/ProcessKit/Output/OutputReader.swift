internal import Synchronization

/// The reading side of a process's output.
final class OutputReader: Sendable {
    private let tree: ContainedTree
    private let cutter = Mutex(LineCutter())

    init(_ tree: ContainedTree) { self.tree = tree }

    func nextLine() async -> OutputLine? {
        while true {
            if let line = cutter.withLock({ $0.next() }) { return line }
            let chunks = await take()
            let line = cutter.withLock { cutter in
                for chunk in chunks { cutter.feed(chunk.bytes, from: chunk.stream) }
                if chunks.isEmpty, !Task.isCancelled { cutter.finish() }
                return cutter.next()
            }
            if line != nil || chunks.isEmpty { return line }
        }
    }

    private func take() async -> [OutputQueue.Chunk] {
        await tree.output.take { [tree] in
            Task { await tree.resumeReading() }
        }
    }
}
