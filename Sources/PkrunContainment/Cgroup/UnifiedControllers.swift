package import PkrunSystem

/// The controllers of the version 2 hierarchy, as far as they are handed down to the trees of one run.
package final class UnifiedControllers {
    private let base: Descriptor
    private let run: Descriptor
    private let home: CgroupHome
    private var enabled: Set<String> = []

    /// The directories must stay open as long as this lives.
    /// - Parameters:
    ///   - base: the cgroup that this process lives in.
    ///   - run: the run's cgroup there.
    package init(base: Descriptor, run: Descriptor, runName: String) {
        self.base = base
        self.run = run
        home = CgroupHome(in: base, run: runName)
    }

    /// Hands a controller down.
    /// - Parameter guardian: a process that may be moved together with this one.
    /// - Throws: ENOENT where this process's cgroup does not have it, EBUSY where others live there.
    package func enable(_ controller: String, movingWith guardian: Int32?) throws(SystemError) {
        guard !enabled.contains(controller) else { return }
        for directory in [base, run] {
            guard try !Self.words(in: "cgroup.subtree_control", directory).contains(controller) else { continue }
            guard try Self.words(in: "cgroup.controllers", directory).contains(controller) else {
                throw SystemError("enable", controller, errorNumber: ErrorNumber.noEntry)
            }
            // Some controllers the kernel hands down all the same, and then lets no process into the cgroups below.
            if directory == base, !Self.isRoot(base) { try home.moveIn(with: guardian) }
            let file = try OwnedDescriptor.open("cgroup.subtree_control", .writeOnly, in: directory)
            try file.borrowed.writeAll("+\(controller)")
        }
        enabled.insert(controller)
    }

    /// Undoes it, once the run's cgroup is gone.
    package func close() { home.moveOut(disabling: enabled) }

    /// The root alone has no type.
    private static func isRoot(_ directory: Descriptor) -> Bool {
        (try? FileStatus(of: "cgroup.type", in: directory)) == nil
    }

    private static func words(in file: String, _ directory: Descriptor) throws(SystemError) -> [String] {
        let text = String(decoding: try FileSystem.contents(of: file, in: directory), as: UTF8.self)
        return text.split { $0.isWhitespace }.map(String.init)
    }
}
