import PkrunSystem

package enum TemporaryFiles {
    /// Whether what is written to a temporary file counts as written to storage: not so where they are in memory.
    package static let areOnStorage: Bool = {
        let directory = CurrentProcess.variable("TMPDIR") ?? "/tmp"
        let path = "\(directory)/pkrun-storage-\(CurrentProcess.identifier)"
        guard let before = StorageTraffic(of: CurrentProcess.identifier),
            let file = try? OwnedDescriptor.open(path, [.writeOnly, .create, .exclusive])
        else { return false }
        defer { try? FileSystem.removeFile(path) }
        try? file.borrowed.writeAll([UInt8](repeating: 1, count: 1 << 16).span)
        let after = StorageTraffic(of: CurrentProcess.identifier)
        return (after?.written ?? 0) >= before.written + 1 << 16
    }()
}
