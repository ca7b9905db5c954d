internal import Synchronization

/// Tells waiting tasks that something has changed; what has, they look up themselves.
final class Notifier: Sendable {
    private struct State {
        var count: UInt64 = 0
        var nextKey: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Changes so far. To be read before the look-up, so that no change is missed.
    var count: UInt64 { state.withLock(\.count) }

    func notify() {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            state.count += 1
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when there have been more changes than `count`, or when the task is cancelled.
    func wait(after count: UInt64) async {
        let key = state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.count != count || Task.isCancelled { return true }
                    state.waiting[key] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: key) }?.resume()
        }
    }
}
