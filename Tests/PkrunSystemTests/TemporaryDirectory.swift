internal import PkrunSystem

/// A directory that goes with its last reference, with the files in it.
final class TemporaryDirectory {
    let path: String

    init() throws(SystemError) {
        path = "/tmp/pkrun-system-tests-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        try FileSystem.makeDirectory(path)
    }

    deinit {
        for entry in (try? FileSystem.entries(of: path)) ?? [] { try? FileSystem.removeFile("\(path)/\(entry.name)") }
        try? FileSystem.removeDirectory(path)
    }
}
