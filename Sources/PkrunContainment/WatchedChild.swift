internal import PkrunSystem

/// A child that the reaper watches.
final class WatchedChild {
    let processID: Int32
    let descriptor: ProcessDescriptor
    var registration: Reactor.Registration?
    private var handler: ((ProcessExit) -> Void)?

    init(
        processID: Int32,
        descriptor: ProcessDescriptor,
        handler: @escaping (ProcessExit) -> Void
    ) {
        self.processID = processID
        self.descriptor = descriptor
        self.handler = handler
    }

    /// Sends a signal; a child that has ended is no error.
    func send(_ signal: Int32) throws(SystemError) {
        try descriptor.send(signal)
    }

    /// Nobody wants to hear of its end any more; it is still reaped.
    func forget() {
        handler = nil
    }

    func finish(_ exit: ProcessExit) {
        let handler = handler
        self.handler = nil
        handler?(exit)
    }
}
