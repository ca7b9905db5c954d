internal import PkrunSystem

/// The controllers of the version 2 hierarchy, as far as they are handed down to the trees of one run.
struct UnifiedControllers {
    private let run: CgroupRun
    private var enabled: Set<LimitedResource> = []

    init(run: CgroupRun) { self.run = run }

    /// - Throws: ENOENT where this process's cgroup does not have the controller, EBUSY where it has processes of its own,
    ///   which only the root may have that hands controllers down.
    mutating func enable(_ resource: LimitedResource) throws(SystemError) {
        guard !enabled.contains(resource) else { return }
        for directory in [run.base.borrowed, run.cgroup.directory.borrowed] {
            guard try !Self.words(in: "cgroup.subtree_control", directory).contains(resource.rawValue) else { continue }
            guard try Self.words(in: "cgroup.controllers", directory).contains(resource.rawValue) else {
                throw SystemError("enable", resource.rawValue, errorNumber: ErrorNumber.noEntry)
            }
            let file = try OwnedDescriptor.open("cgroup.subtree_control", .writeOnly, in: directory)
            try file.borrowed.writeAll("+\(resource.rawValue)")
        }
        enabled.insert(resource)
    }

    private static func words(in file: String, _ directory: Descriptor) throws(SystemError) -> [String] {
        let text = String(decoding: try FileSystem.contents(of: file, in: directory), as: UTF8.self)
        return text.split { $0.isWhitespace }.map(String.init)
    }
}
