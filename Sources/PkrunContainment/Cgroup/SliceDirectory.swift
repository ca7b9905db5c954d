internal import PkrunSystem

/// The cgroup of a slice in one hierarchy.
final class SliceDirectory {
    let version: CgroupVersion
    let name: String
    let directory: OwnedDescriptor
    private let parent: Descriptor
    /// Where a process of version 1 writes itself to, `nil` in version 2. Unlike `cgroup.procs` it waits for nobody.
    let taskFile: Int32?
    private let tasks: OwnedDescriptor?

    /// Makes it. The parent's directory must stay open as long as this lives.
    init(making name: String, in parent: Descriptor, _ version: CgroupVersion) throws(SystemError) {
        self.name = name
        self.parent = parent
        self.version = version
        try FileSystem.makeDirectory(name, mode: 0o755, in: parent)
        do {
            directory = try OwnedDescriptor.open(name, [.readOnly, .directory], in: parent)
            if version == .legacy {
                let file = try OwnedDescriptor.open("tasks", .writeOnly, in: directory.borrowed)
                taskFile = file.number
                tasks = consume file
            } else {
                taskFile = nil
                tasks = nil
            }
        } catch {
            try? FileSystem.removeDirectory(name, in: parent)
            throw error
        }
    }

    func write(_ setting: ControllerSetting) throws(SystemError) {
        do {
            let file = try OwnedDescriptor.open(setting.file, .writeOnly, in: directory.borrowed)
            try file.borrowed.writeAll(setting.value)
        } catch  where setting.isOptional && error.errorNumber == ErrorNumber.noEntry {
            return
        } catch {
            throw SystemError("write", "\(setting.value)' to '\(setting.file)", errorNumber: error.errorNumber)
        }
    }

    /// The number that a file consists of, or that follows `key` in one; `nil` where there is none.
    func number(in file: String, after key: StaticString? = nil) -> UInt64? {
        guard let bytes = try? FileSystem.contents(of: file, in: directory.borrowed) else { return nil }
        if let key { return FlatKeyedFile(bytes[...])[key] }
        return UInt64(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    /// Moves a process in with all its threads.
    func take(_ processID: Int32) throws(SystemError) {
        let file = try OwnedDescriptor.open("cgroup.procs", .writeOnly, in: directory.borrowed)
        try file.borrowed.writeAll("\(processID)")
    }

    /// Removes it with every cgroup below.
    /// - Returns: whether there is no point in another attempt.
    func removeUnlessBusy() -> Bool {
        do {
            try Cgroup.removeBelow(directory.borrowed)
            try FileSystem.removeDirectory(name, in: parent)
            return true
        } catch {
            return error.errorNumber != ErrorNumber.busy
        }
    }
}
