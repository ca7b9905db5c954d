package import PkrunSystem

/// The one place of this process where children are reaped.
///
/// No exit is lost, whenever it happens: a child stays a zombie until it is looked for here. Orphans that this process
/// inherits as a subreaper are reaped and forgotten.
package final class Reaper {
    /// Whose children there may be in this process.
    package enum Scope: Sendable {
        /// Every child is a watched one or an inherited orphan, which may be ended. SIGCHLD is blocked for good and
        /// says when there is something to reap.
        case wholeProcess
        /// Others in this process have children too: each watched one is noticed by its own descriptor, no other is
        /// touched, and no orphans are inherited.
        case watchedChildren
    }

    private let reactor: Reactor
    /// Every child of this process is the engine's, and nobody else changes what the process has of its own.
    let ownsProcess: Bool
    private var children: [Int32: WatchedChild] = [:]
    private var childSignal: SignalSource?
    /// proc_tid_children(5) of the thread that inherits orphans; `nil` where the kernel has no such file.
    private var childList: OwnedDescriptor?
    private var childListBuffer = [UInt8](repeating: 0, count: 4096)
    /// Children from before, such as a shell has that becomes this program: nobody's orphans.
    private var inherited: Set<Int32> = []
    /// The process groups of orphans that live, as they were when they were first asked for.
    private var orphanGroups: [Int32: Int32] = [:]

    package init(reactor: Reactor, scope: Scope = .wholeProcess) throws(SystemError) {
        self.reactor = reactor
        ownsProcess = scope == .wholeProcess
        CurrentProcess.keepExitedChildren()
        guard ownsProcess else { return }
        try CurrentProcess.becomeSubreaper()
        childList = try? .open("/proc/self/task/\(CurrentProcess.identifier)/children", .readOnly)
        inherited = Set(orphans())
        childSignal = try SignalSource([SignalSource.childExited], reactor: reactor) { [unowned self] _, _ in collect()
        }
    }

    /// Watches a child that nobody else reaps.
    /// - Parameters:
    ///   - descriptor: may be missing where this reaps every child of the process.
    ///   - handler: called once, by the reactor or by whoever ends the containment, when the child is reaped.
    func watch(
        _ processID: Int32,
        _ descriptor: ProcessDescriptor?,
        handler: @escaping (ProcessExit) -> Void
    ) throws(SystemError) -> WatchedChild {
        let child = WatchedChild(processID: processID, descriptor: descriptor, handler: handler)
        if !ownsProcess, let descriptor {
            child.registration = try reactor.register(descriptor.number, .read) { [unowned self] in
                if !reap(.process(processID)) { checkStolen(processID) }
            }
        }
        children[processID] = child
        return child
    }

    /// Waits for the end of a watched child, which must be near.
    func waitForExit(of child: WatchedChild) {
        guard children[child.processID] === child else { return }
        reap(.process(child.processID), waiting: true)
    }

    /// Reaps whatever has ended.
    func collect() {
        guard ownsProcess else {
            for processID in Array(children.keys) { reap(.process(processID)) }
            return
        }
        while reap(.any) {}
    }

    /// The children that nobody watches, the ended ones among them. One read of a file that stays open.
    func orphans() -> [Int32] {
        guard let list = childList?.borrowed else { return [] }
        var orphans: [Int32] = []
        var offset = 0
        var number: Int32 = 0
        while let count = try? list.read(into: &childListBuffer, at: offset), count > 0 {
            // Each number is followed by a space. Read with every exit, hence without a string for each.
            for byte in childListBuffer[..<count] {
                if byte == UInt8(ascii: " ") {
                    if children[number] == nil && !inherited.contains(number) { orphans.append(number) }
                    number = 0
                } else {
                    number = number * 10 + Int32(byte - UInt8(ascii: "0"))
                }
            }
            offset += count
            // The kernel fills the buffer as long as one more number fits.
            if childListBuffer.count - count > Self.longestNumber { break }
        }
        return orphans
    }

    /// The orphans of a process group. Each is read once, and not with every exit: of a thousand daemons that took half
    /// a minute when all of their trees were stopped.
    func orphans(inGroup group: Int32) -> [Int32] {
        orphans().filter { orphan in
            if orphanGroups[orphan] == nil { orphanGroups[orphan] = ProcessRecord(of: orphan)?.processGroup }
            return orphanGroups[orphan] == group
        }
    }

    /// Of a process, in decimal digits and with the space behind it.
    private static let longestNumber = 11

    /// Ends the orphans that this process has inherited, with all that descends from them.
    /// - Returns: how many could not be ended.
    func endOrphans() -> Int {
        guard ownsProcess else { return 0 }
        while true {
            // Who is told of an end may start something in turn, which is no orphan.
            collect()
            guard let sweep = try? DescendantSweep() else { return 0 }
            sweep.exclude(children.keys)
            let outcome = sweep.kill(below: CurrentProcess.identifier)
            if outcome.members.isEmpty { break }
            if outcome.refused >= outcome.members.count { return outcome.refused }
            // They are dying: each turns up as a child of this process, if it is not one already.
            guard ProcessExit.waitForAny() else { break }
        }
        collect()
        return 0
    }

    /// A child that has ended and is none any more: somebody else in this process waits for any child, or SIGCHLD is
    /// ignored. One that is only being traced is still there.
    private func checkStolen(_ processID: Int32) {
        guard (try? ProcessExit.isPending(of: processID)) == nil else { return }
        let status = ProcessStatus.exited(code: ProcessStatus.unknownCode)
        finish(ProcessExit(processID: processID, status: status, usage: ResourceUsage()))
    }

    @discardableResult
    private func reap(_ selection: ChildSelection, waiting: Bool = false) -> Bool {
        guard let exit = ProcessExit.reap(selection, waiting: waiting) else { return false }
        finish(exit)
        return true
    }

    private func finish(_ exit: ProcessExit) {
        guard let child = children.removeValue(forKey: exit.processID) else {
            // Another process may get its number.
            orphanGroups[exit.processID] = nil
            return
        }
        if let registration = child.registration { reactor.cancel(registration) }
        child.finish(exit)
    }
}
