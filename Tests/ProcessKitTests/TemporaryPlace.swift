internal import PkrunSystem

/// A directory that goes with its last reference.
final class TemporaryPlace {
    let path = "/tmp/processkit-\(String(UInt64.random(in: .min ... .max), radix: 16))"

    init() throws { try FileSystem.makeDirectory(path) }

    deinit {
        for entry in (try? FileSystem.entries(of: path)) ?? [] { try? FileSystem.removeFile("\(path)/\(entry.name)") }
        try? FileSystem.removeDirectory(path)
    }
}
