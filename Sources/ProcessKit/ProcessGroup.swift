internal import PkrunContainment

/// Processes that are kept together with everything that descends from them, and end together.
///
/// Letting go of the last reference kills what is left. Each process that is started here has a container of its own
/// within the group, so that the end of one leaves the others alone.
public final class ProcessGroup: Sendable {
    let core: GroupCore

    /// - Parameters:
    ///   - mechanism: the mechanism that has to be used; `nil`: the strongest that is to be had.
    ///   - limits: what all its processes together may use.
    /// - Throws: ``ProcessError/containmentUnavailable(_:)``: a demand is never met with less;
    ///   ``ProcessError/limitUnavailable(_:_:)``: nor is a limit ever ignored.
    public init(
        demanding mechanism: Mechanism? = nil,
        limits: ResourceLimits = ResourceLimits()
    ) async throws(ProcessError) {
        core = try await GroupCore(demanding: mechanism, limits: limits)
    }

    deinit {
        Task { [core] in await core.end() }
    }

    /// How its trees are kept together.
    public var mechanism: Mechanism { core.mechanism }

    /// Starts a process. It lives no longer than the group.
    /// - Throws: ``ProcessError/startFailed(_:)`` with the step that failed; ``ProcessError/limitUnavailable(_:_:)``;
    ///   ``ProcessError/suspended`` where it would not run; ``ProcessError/shutDown``.
    public func start(_ command: Command) async throws(ProcessError) -> RunningProcess {
        await RunningProcess(try core.start(command))
    }

    /// Takes in a child of this program that something else has started, which goes on to be the one that reaps it.
    ///
    /// What it has started before is taken in too. In a suspended group it is suspended. A child that has ended and is
    /// not reaped yet is no error. Under ``Mechanism/subreaper`` this is less than a start: what loses its parent is
    /// lost to the group, and nothing is ended when this program is killed.
    /// - Throws: ``ProcessError/notAChild(_:)`` also where it has been reaped; ``ProcessError/notToBeAdopted(_:)`` where it
    ///   is in a group already; ``ProcessError/unsupported(_:)`` under ``Mechanism/pidNamespace`` and
    ///   ``Mechanism/processGroup``.
    public func adopt(_ processID: Int32) async throws(ProcessError) {
        try await core.adopt(.child(processID))
    }

    /// Takes in a process that is no child of this program, with all that descends from it; its parent goes on to be the
    /// one that reaps it.
    ///
    /// The group ends it as it ends its own, so that it takes the privilege to signal it, and under ``Mechanism/cgroup``
    /// to move it out of the cgroup that it was in. One that has ended and is not reaped yet is no error. Under
    /// ``Mechanism/subreaper`` the same holds as for ``adopt(_:)``.
    /// - Parameter startTime: as ``Member/startTime`` has it. Numbers are used again: without it, who has the number now
    ///   is meant, whoever that is.
    /// - Throws: ``ProcessError/noSuchProcess(_:)``, ``ProcessError/notToBeAdopted(_:)``; ``ProcessError/unsupported(_:)``
    ///   under ``Mechanism/pidNamespace`` and ``Mechanism/processGroup``.
    public func adopt(external processID: Int32, startTime: Duration? = nil) async throws(ProcessError) {
        try await core.adopt(.stranger(processID, startTime: startTime))
    }

    /// Sends a signal to every member, also to those that are born meanwhile.
    ///
    /// Under ``Mechanism/cgroup`` all stand still until each has it. Under ``Mechanism/subreaper`` and
    /// ``Mechanism/pidNamespace`` they are listed again until there is no new one; under ``Mechanism/processGroup`` who
    /// has left the group does not get it.
    public func signal(_ signal: Signal) async throws(ProcessError) {
        try await core.signal(signal)
    }

    /// Stops every member where it is; ``resume()`` undoes any number of calls. Stopped members can be killed.
    ///
    /// Under ``Mechanism/cgroup`` the kernel freezes them, and they cannot tell. Under the others they get SIGSTOP,
    /// which anybody may undo with SIGCONT.
    public func suspend() async throws(ProcessError) {
        try await core.suspend()
    }

    /// Lets every member go on.
    public func resume() async throws(ProcessError) {
        try await core.resume()
    }

    /// Every living process, whichever way it was started. Zombies are none. Under ``Mechanism/processGroup`` those
    /// that have left the group are missing.
    public func members() async -> [Member] {
        await core.members()
    }

    /// What the group has used since it was made, and holds now.
    ///
    /// ``Mechanism/cgroup`` accounts for the time of every process. Under ``Mechanism/subreaper`` and
    /// ``Mechanism/pidNamespace`` those are missing that have ended unwaited for, because their parent ignores SIGCHLD;
    /// under ``Mechanism/processGroup`` all but the process that was started and those that it has waited for.
    public func statistics() async -> Statistics {
        await core.statistics()
    }

    /// What its limits have done so far; `nil` where it has none.
    public func limitReport() async -> LimitReport? {
        await core.limitReport()
    }

    /// Kills every member; returns when they are dead, however many there are. The group can be used on.
    ///
    /// Under ``Mechanism/processGroup`` who has left the group lives on.
    public func killAll() async {
        await ProcessThread.wait { await core.killAll() }
    }

    /// Sends SIGTERM to every member and waits until none is left. Suspended ones go on to be able to act on it.
    ///
    /// - Parameters:
    ///   - grace: how long to wait.
    ///   - escalate: whether what is left then is killed; if not, it lives on.
    public func stop(grace: Duration = .seconds(2), escalate: Bool = true) async -> StopReport {
        await ProcessThread.wait { await core.stop(grace: grace, escalate: escalate) }
    }

    /// Takes one step after the other with every member until none is left, and kills what is left after the last.
    /// Suspended ones go on to be able to act on them.
    public func stop(ladder: [StopStep]) async -> StopReport {
        await ProcessThread.wait { await core.stop(ladder) }
    }

    /// Stops every member and starts nothing any more.
    @discardableResult
    public func shutdown(grace: Duration = .seconds(2)) async -> StopReport {
        await ProcessThread.wait {
            core.shutDown()
            return await core.stop(grace: grace, escalate: true)
        }
    }
}
