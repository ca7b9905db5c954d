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
        var isCollecting = false
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
            let latest = state.chunks.lastIndex { $0.stream == stream }
            if let latest, state.isCollecting || latest == state.chunks.count - 1 {
                state.chunks[latest].bytes.append(contentsOf: bytes)
            } else {
                state.chunks.append(Chunk(stream: stream, bytes: Array(bytes)))
            }
        }
        arrival.notify()
    }

    var isFull: Bool { state.withLock { $0.size >= capacity && !$0.isCollecting } }

    /// Nobody takes anything before the end: however much it is, it waits here, and the order of the streams is nothing
    /// to anybody. To be said before the first byte.
    func collect() { state.withLock { $0.isCollecting = true } }

    /// What has been collected from one stream.
    func collected(from stream: OutputStream) -> [UInt8] {
        state.withLock { state in
            let index = state.chunks.firstIndex { $0.stream == stream }
            return index.map { state.chunks.remove(at: $0).bytes } ?? []
        }
    }

    /// Nothing more will come.
    func finish() {
        state.withLock { $0.isFinished = true }
        arrival.notify()
    }

    /// Everything that waits here, once something does.
    /// - Parameter emptied: called where the queue was full.
    /// - Returns: nothing at the end, and when the task is cancelled.
    func take(emptied: @Sendable () -> Void) async -> [Chunk] {
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
