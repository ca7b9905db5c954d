internal import PkrunSystem

/// A child that the reaper watches.
final class WatchedChild {
    let processID: Int32
    /// `nil` where nobody else reaps children of this process: until `finish` its number is its own.
    private let descriptor: ProcessDescriptor?
    private var isReaped = false
    var registration: Reactor.Registration?
    private var handler: ((ProcessExit) -> Void)?

    init(
        processID: Int32,
        descriptor: ProcessDescriptor?,
        handler: @escaping (ProcessExit) -> Void
    ) {
        self.processID = processID
        self.descriptor = descriptor
        self.handler = handler
    }

    /// Sends a signal; a child that has ended is no error.
    func send(_ signal: Int32) throws(SystemError) {
        if let descriptor {
            try descriptor.send(signal)
        } else if !isReaped {
            try ProcessDescriptor.send(signal, toUnreaped: processID)
        }
    }

    /// Nobody wants to hear of its end any more; it is still reaped.
    func forget() {
        handler = nil
    }

    func finish(_ exit: ProcessExit) {
        isReaped = true
        let handler = handler
        self.handler = nil
        handler?(exit)
    }
}
