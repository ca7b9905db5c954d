internal import Synchronization

/// What a process has written and nobody has taken yet; between the thread of the processes and whoever reads.
final class OutputQueue: Sendable {
    struct Chunk: Sendable {
        var stream: OutputStream
        var bytes: [UInt8]
    }

    private struct State {
        var chunks: [Chunk] = []
        var size = 0
        var isFinished = false
    }

    private let state = Mutex(State())
    private let arrival = Notifier()
    private let capacity: Int

    /// - Parameter capacity: so many bytes may wait here; `put` says when there are more.
    init(capacity: Int = 1 << 20) { self.capacity = capacity }

    /// Takes more, also where it is full.
    func put(_ bytes: ArraySlice<UInt8>, from stream: OutputStream) {
        state.withLock { state in
            state.size += bytes.count
            let last = state.chunks.count - 1
            if last >= 0, state.chunks[last].stream == stream {
                state.chunks[last].bytes.append(contentsOf: bytes)
            } else {
                state.chunks.append(Chunk(stream: stream, bytes: Array(bytes)))
            }
        }
        arrival.notify()
    }

    var isFull: Bool { state.withLock { $0.size >= capacity } }

    /// Nothing more will come.
    func finish() {
        state.withLock { $0.isFinished = true }
        arrival.notify()
    }

    /// Everything that waits here, once something does.
    /// - Parameter emptied: called where the queue was full.
    /// - Returns: nothing at the end, and when the task is cancelled.
    nonisolated(nonsending) func take(emptied: @Sendable () -> Void) async -> [Chunk] {
        while true {
            let count = arrival.count
            let (chunks, size, isFinished) = state.withLock { state in
                defer {
                    state.chunks = []
                    state.size = 0
                }
                return (state.chunks, state.size, state.isFinished)
            }
            if size >= capacity { emptied() }
            if !chunks.isEmpty || isFinished || Task.isCancelled { return chunks }
            await arrival.wait(after: count)
        }
    }
}
