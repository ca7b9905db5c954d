internal import PkrunSystem

/// One cgroup that this process has made or taken over, known by its directory.
final class Cgroup {
    let name: String
    /// The names down to it from this process's own cgroup, with slashes between them.
    let path: String
    let directory: OwnedDescriptor
    private let parent: Descriptor
    private let events: OwnedDescriptor
    private var cpuStatistics: OwnedDescriptor?
    private var buffer = [UInt8](repeating: 0, count: 256)
    /// What was read since it was last taken into use.
    private var lastState: CgroupEvents?

    /// The kernel kills whatever is born into a cgroup that was killed once, so that such a one is never used again.
    private(set) var wasKilled = false

    /// Whether what lives in it is to stay stopped.
    private(set) var isSuspended = false

    /// Opens a cgroup. The parent's directory must stay open as long as this lives.
    /// - Parameter above: the path of the parent, empty where that is this process's own cgroup.
    init(opening name: String, in parent: Descriptor, above: String = "") throws(SystemError) {
        self.name = name
        path = above.isEmpty ? name : "\(above)/\(name)"
        self.parent = parent
        directory = try OwnedDescriptor.open(name, [.readOnly, .directory], in: parent)
        events = try OwnedDescriptor.open("cgroup.events", .readOnly, in: directory.borrowed)
    }

    static func make(_ name: String, in parent: Descriptor, above: String = "") throws(SystemError) -> Cgroup {
        try FileSystem.makeDirectory(name, mode: 0o755, in: parent)
        do {
            return try Cgroup(opening: name, in: parent, above: above)
        } catch {
            try? FileSystem.removeDirectory(name, in: parent)
            throw error
        }
    }

    /// Becomes ready with `.priority` when the state changes, but up to 16 ms late.
    var changes: Int32 { events.number }

    /// What is so now, not when the kernel last told.
    func state() throws(SystemError) -> CgroupEvents {
        let count = try events.borrowed.read(into: &buffer, at: 0) ?? 0
        let state = CgroupEvents(buffer[..<count])
        lastState = state
        return state
    }

    /// Whether any process lives in it or below. One that somebody has removed has none.
    var isPopulated: Bool { (try? state())?.isPopulated ?? false }

    /// Kills every process in it and below, and every one that is being born there.
    func kill() throws(SystemError) {
        wasKilled = true
        try write("1", to: "cgroup.kill")
    }

    /// Stops, or lets go on, everything in it and below. Stopping takes a while.
    func setFrozen(_ frozen: Bool) throws(SystemError) {
        try write(frozen ? "1" : "0", to: "cgroup.freeze")
    }

    /// Freezes it until it is thawed by this call again.
    func setSuspended(_ suspended: Bool) throws(SystemError) {
        try setFrozen(suspended)
        isSuspended = suspended
    }

    /// Moves a process into it.
    func take(_ processID: Int32) throws(SystemError) {
        try write("\(processID)", to: "cgroup.procs")
    }

    /// User and system time of everything that has ever run in it; `usage_usec` of `cpu.stat`.
    func cpuTime() throws(SystemError) -> Duration {
        if cpuStatistics == nil {
            cpuStatistics = try OwnedDescriptor.open("cpu.stat", .readOnly, in: directory.borrowed)
        }
        let count = try cpuStatistics?.borrowed.read(into: &buffer, at: 0) ?? 0
        return .microseconds(Int64(clamping: FlatKeyedFile(buffer[..<count])["usage_usec"] ?? 0))
    }

    /// Whether it is as if new: empty and running when it was last looked at, never killed, nothing made inside.
    func isReusable() -> Bool {
        defer { lastState = nil }
        guard !wasKilled, let state = try? lastState ?? state() else { return false }
        guard !state.isPopulated, !state.isFrozen else { return false }
        return (try? FileStatus(of: directory.borrowed))?.linkCount == 2
    }

    /// At each birth in a cgroup the kernel looks whether its `cgroup.procs`, and that of the closest cgroup around it
    /// and the parent, may be written to. Unless somebody has ever asked for the file by name, it makes the inode anew
    /// each time (measured: 4 microseconds).
    static func cacheMembers(of directory: Descriptor) {
        _ = try? FileStatus(of: "cgroup.procs", in: directory)
    }

    /// Removes it with every cgroup below; fails with EBUSY while a process lives in one of them.
    func remove() throws(SystemError) {
        try Self.removeBelow(directory.borrowed)
        try FileSystem.removeDirectory(name, in: parent)
    }

    /// Removes a cgroup of any hierarchy with every one below.
    static func removeAll(_ path: String) throws(SystemError) {
        let directory = try OwnedDescriptor.open(path, [.readOnly, .directory])
        try removeBelow(directory.borrowed)
        try FileSystem.removeDirectory(path)
    }

    /// - Returns: whether there is no point in another attempt.
    func removeUnlessBusy() -> Bool {
        do {
            try remove()
            return true
        } catch {
            return error.errorNumber != ErrorNumber.busy
        }
    }

    static func removeBelow(_ directory: Descriptor) throws(SystemError) {
        for entry in try FileSystem.entries(of: ".", in: directory) where entry.isDirectory {
            let below = try OwnedDescriptor.open(entry.name, [.readOnly, .directory], in: directory)
            try removeBelow(below.borrowed)
            try FileSystem.removeDirectory(entry.name, in: directory)
        }
    }

    private func write(_ text: String, to file: String) throws(SystemError) {
        let file = try OwnedDescriptor.open(file, .writeOnly, in: directory.borrowed)
        try file.borrowed.writeAll(text)
    }
}
