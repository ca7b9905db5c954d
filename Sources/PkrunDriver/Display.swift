import PkrunSystem

/// What the user sees: bytes for standard output, written without ever blocking the loop.
///
/// A terminal or a pipe that takes nothing for a while fills the backlog; when that is large the display is
/// *congested*, and the driver leaves further output in the jobs' pipes until it is not. Nothing is lost and nothing is
/// reordered. A reader that has gone (EPIPE, EIO of a closed terminal) ends the display, not the run; /dev/null never
/// was one.
final class Display {
    private static let congestion = 1 << 20
    private static let batch = 1 << 16

    private let output: OwnedDescriptor
    private let reactor: Reactor
    private var backlog: [UInt8] = []
    private var registration: Reactor.Registration?
    /// There is no reader.
    private(set) var isGone: Bool
    /// Called when a congested display has room again.
    var becameFree: () -> Void = {}

    init(reactor: Reactor) throws(SystemError) {
        output = try .nonblockingStandardOutput()
        isGone = output.borrowed.isNullDevice
        self.reactor = reactor
    }

    var isCongested: Bool { backlog.count >= Self.congestion }

    /// Lets the caller append to what is to be shown; writes when a good batch has come together.
    func show(_ append: (inout [UInt8]) -> Void) {
        guard !isGone else { return }
        append(&backlog)
        if backlog.count >= Self.batch { flush() }
    }

    /// Writes as much as is taken now; the rest follows when there is room.
    func flush() {
        guard registration == nil else { return }
        write()
        guard !backlog.isEmpty else { return }
        registration = try? reactor.register(output.number, .write) { [unowned self] in roomAgain() }
    }

    /// Writes everything, waiting for the reader; the end of a run.
    func finish() {
        stopWaiting()
        if !isGone { try? output.borrowed.writeAll(backlog.span) }
        backlog = []
    }

    private func roomAgain() {
        let wasCongested = isCongested
        write()
        if backlog.isEmpty { stopWaiting() }
        if wasCongested && !isCongested { becameFree() }
    }

    private func write() {
        var written = 0
        do throws(SystemError) {
            while written < backlog.count {
                guard let count = try output.borrowed.write(backlog.span.extracting(droppingFirst: written)) else {
                    break
                }
                written += count
            }
        } catch {
            isGone = true
            written = backlog.count
        }
        backlog.removeFirst(written)
    }

    private func stopWaiting() {
        if let registration { reactor.cancel(registration) }
        registration = nil
    }
}
