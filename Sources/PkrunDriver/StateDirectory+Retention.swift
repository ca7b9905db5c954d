import PkrunSystem

extension StateDirectory {
    /// So many runs are kept, besides those that go on.
    private static let keptRuns = 10

    /// Removes the oldest runs. What cannot be removed stays: that is no reason not to run.
    func removeOldRuns() {
        let entries = (try? FileSystem.entries(of: "\(path)/runs")) ?? []
        let runs = entries.filter { $0.isDirectory && RunID.isValid($0.name) }.map { "\(path)/runs/\($0.name)" }
        for run in runs.sorted().dropLast(Self.keptRuns) where !Self.isHeld(run) {
            try? FileSystem.removeTree(run)
        }
    }

    /// Who writes to a run holds the lock of its directory, flock(2).
    static func hold(_ run: String) throws(SystemError) -> OwnedDescriptor {
        let directory = try OwnedDescriptor.open(run, [.readOnly, .directory])
        _ = try directory.borrowed.tryLock()
        return directory
    }

    private static func isHeld(_ run: String) -> Bool {
        guard let directory = try? OwnedDescriptor.open(run, [.readOnly, .directory]) else { return true }
        return (try? directory.borrowed.tryLock()) != true
    }
}
