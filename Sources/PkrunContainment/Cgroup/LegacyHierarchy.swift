internal import PkrunSystem

/// What one run has in a hierarchy of version 1; nothing until a limit is asked for.
final class LegacyHierarchy {
    let path: String
    private var directory: OwnedDescriptor?

    /// - Parameter path: of the run's directory.
    init(path: String) { self.path = path }

    /// The run's directory, which is made where it is not there yet.
    func open() throws(SystemError) -> Descriptor {
        if let descriptor = directory?.borrowed { return descriptor }
        try FileSystem.makeDirectory(path, mode: 0o755)
        let made = try OwnedDescriptor.open(path, [.readOnly, .directory])
        let descriptor = made.borrowed
        directory = consume made
        return descriptor
    }

    func remove() {
        guard directory != nil else { return }
        directory = nil
        try? Cgroup.removeAll(path)
    }
}
