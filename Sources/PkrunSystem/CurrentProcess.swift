internal import CPkrunLinux
internal import Glibc

/// This process.
package enum CurrentProcess {
    /// getpid(2)
    package static var identifier: Int32 { getpid() }

    /// getppid(2)
    package static var parentIdentifier: Int32 { getppid() }

    /// geteuid(2)
    package static var effectiveUserID: UInt32 { geteuid() }

    /// `NAME=value` each, as environ(7).
    package static var environment: [String] {
        var entries: [String] = []
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            entries.append(unsafe String(cString: entry))
            unsafe next += 1
        }
        return entries
    }

    /// The same as execve(2) takes it.
    static var rawEnvironment: UnsafePointer<UnsafePointer<CChar>?> {
        unsafe UnsafeRawPointer(environ).assumingMemoryBound(to: UnsafePointer<CChar>?.self)
    }

    /// getenv(3)
    package static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// Whether the signal is ignored, as it is from the start below nohup(1).
    package static func ignores(_ signal: Int32) -> Bool { ignoredSignals.contains(signal) }

    /// Every signal that is ignored now.
    package static var ignoredSignals: SignalSet { SignalSet(bits: pkrun_ignored_signals()) }

    /// Lets a write to a pipe or socket without reader fail with EPIPE instead of ending this process; signal(7).
    package static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Undoes an ignored SIGCHLD, which survives execve(2) and with which the kernel would not keep how a child ended.
    package static func keepExitedChildren() {
        _ = signal(SIGCHLD, SIG_DFL)
    }

    /// Asks for the shortest turns on a processor, sched(7), so that this process gets one soon after it is woken,
    /// whatever else is running. Its children have the usual ones. Without effect before Linux 6.12.
    package static func takeShortTurns() { pkrun_take_short_turns() }

    /// PR_SET_CHILD_SUBREAPER, prctl(2): orphaned descendants become children of this process.
    package static func becomeSubreaper() throws(SystemError) {
        guard pkrun_become_subreaper() == 0 else { throw SystemError("prctl", errorNumber: errno) }
    }
}
