import Glibc
import PkrunSystem

/// A directory for the files of a benchmark, below `TMPDIR` or /tmp, and the programs that it starts.
struct Workshop {
    let path: String
    /// This program.
    let bench: String
    /// pkrun, as built beside this program.
    let pkrun: String

    init() throws {
        bench = try FileSystem.canonicalPath("/proc/self/exe")
        pkrun = String(bench.dropLast("-bench".count))
        path = "\(CurrentProcess.variable("TMPDIR") ?? "/tmp")/pkrun-bench-\(CurrentProcess.identifier)"
        try FileSystem.makeDirectory(path, mode: 0o700)
    }

    func write(_ name: String, _ content: String) throws {
        let file = try OwnedDescriptor.open("\(path)/\(name)", [.writeOnly, .create, .truncate])
        try file.borrowed.writeAll(content)
    }

    /// Renames what may be there.
    func putAside(_ name: String) throws {
        guard (try? FileStatus(of: "\(path)/\(name)")) != nil else { return }
        try FileSystem.rename("\(path)/\(name)", to: "\(path)/aside-\(WallClock.microseconds)")
    }

    func remove(_ name: String = "") {
        let command = "rm -rf '\(path)/\(name)'"
        _ = unsafe system(command)
    }
}
