package import PkrunSystem

/// Signals that reach this process, as calls of a handler by the reactor.
///
/// They stay blocked when the source is gone. Meant for the only thread of a process, or its first before it has
/// others.
package final class SignalSource {
    /// SIGCHLD
    static let childExited: Int32 = 17

    private let reactor: Reactor
    private let descriptor: SignalDescriptor
    private var registration: Reactor.Registration?

    /// - Parameter handler: given the signal's number and its sender's process, 0 where that is the kernel.
    package init(
        _ signals: [Int32],
        reactor: Reactor,
        handler: @escaping (_ signal: Int32, _ sender: Int32) -> Void
    ) throws(SystemError) {
        self.reactor = reactor
        descriptor = try SignalDescriptor(signals)
        registration = try reactor.register(descriptor.number, .read) { [unowned self] in
            // One at a time: the reactor calls again as long as there are more.
            if let (signal, sender) = descriptor.next() { handler(signal, sender) }
        }
    }

    deinit {
        if let registration { reactor.cancel(registration) }
    }
}
