internal import CPkrunLinux
internal import Glibc

/// A child of this process that acts once this process is dead.
package struct Guardian {
    package let processID: Int32
    package let descriptor: ProcessDescriptor

    private init(_ child: pkrun_child) throws(SystemError) {
        guard child.error == 0 else { throw SystemError("clone3", errorNumber: child.error) }
        processID = child.pid
        descriptor = ProcessDescriptor(taking: child.pidfd)
    }
}

extension Guardian {
    /// Kills the cgroup `name` of `parent` and removes it, when `owner` dies. A byte written to the other end of
    /// `control` lets the guardian go. It shares the lock of `directory`, and that of `held`.
    /// - Parameters:
    ///   - home: the cgroup of `parent` where the owner may have taken the guardian, and from which it returns.
    ///   - limitDirectories: what else is to be removed then with all that is below, by absolute paths, of which there
    ///   may be none.
    package static func ofCgroup(
        directory: Descriptor,
        name: String,
        parent: Descriptor,
        home: String,
        limitDirectories: [String],
        owner: ProcessDescriptor,
        control: Descriptor,
        holding held: Descriptor?
    ) throws(SystemError) -> Guardian {
        var child = pkrun_child()
        let memory = CMemory()
        var guardian = unsafe pkrun_cgroup_guard()
        unsafe guardian.owner = owner.number
        unsafe guardian.control = control.number
        unsafe guardian.directory = directory.number
        unsafe guardian.parent = parent.number
        unsafe guardian.held = held?.number ?? -1
        unsafe guardian.name = memory.copy(name)
        unsafe guardian.home = memory.copy(home)
        unsafe guardian.limit_directories = memory.copy(list: limitDirectories)
        unsafe guardian.title = argumentArea
        withExtendedLifetime(memory) { unsafe pkrun_guard_cgroup(&guardian, &child) }
        return try Guardian(child)
    }

    /// Starts a process as its own child, reports through the channel, and ends every descendant of that
    /// process when told to or when `owner` dies. It shares the lock of `held`.
    /// - Parameter namespace: that of which it becomes the first process.
    package static func ofTree(
        _ request: SpawnRequest,
        spawner: ProcessSpawner,
        sweep: DescendantSweep,
        owner: ProcessDescriptor,
        channel: GuardianChannel,
        namespace: TreeNamespace?,
        holding held: Descriptor?
    ) throws(SystemError) -> Guardian {
        var child = pkrun_child()
        let memory = CMemory()
        var guardian = unsafe pkrun_tree_guard()
        unsafe guardian.spawn = UnsafePointer(
            memory.copy(spawner.raw(request, .guarded(socket: channel.guardianEnd), in: memory))
        )
        unsafe guardian.stack = spawner.stack
        unsafe guardian.sweep = sweep.raw
        unsafe guardian.own_namespace = namespace.map { unsafe UnsafePointer($0.raw(in: memory)) }
        unsafe guardian.owner = owner.number
        unsafe guardian.socket = channel.guardianEnd
        unsafe guardian.held = held?.number ?? -1
        unsafe guardian.title = argumentArea
        withExtendedLifetime(memory) { unsafe pkrun_guard_tree(&guardian, &child) }
        channel.closeGuardianEnd()
        return try Guardian(child)
    }

    /// argv[0] up to the end of the last argument: what ps(1) shows and what a guardian writes over in its own copy.
    private static var argumentArea: pkrun_title {
        let arguments = unsafe CommandLine.unsafeArgv
        let count = Int(CommandLine.argc)
        guard count > 0, let first = unsafe arguments[0], let last = unsafe arguments[count - 1] else {
            return unsafe pkrun_title()
        }
        return unsafe pkrun_title(start: first, length: last - first + strlen(last) + 1)
    }
}
