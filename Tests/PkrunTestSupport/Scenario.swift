import Glibc
import PkrunSystem

/// A directory with a manifest in it, and the pkrun that was just built.
///
/// Everything that a scenario starts carries its mark in the environment, so that what is left of it can be found
/// wherever it went. The directory, and whatever still carries the mark, goes with the scenario.
package final class Scenario {
    package let directory: String
    /// The value of `PKRUN_TEST_MARK` in everything that descends from this scenario.
    package let mark: String

    /// - Parameter manifest: the text of `jobs.yaml`.
    package init(_ manifest: String? = nil) throws {
        mark = "\(CurrentProcess.identifier)-\(UInt64.random(in: 0 ... .max))"
        directory = "/tmp/pkrun-test-\(mark)"
        try FileSystem.makeDirectory(directory, mode: 0o755)
        if let manifest { try write("jobs.yaml", manifest) }
    }

    deinit {
        for process in processes() { Signals.send(SIGKILL, to: process) }
        Self.removeTree(directory)
    }

    /// Removes a file, or a directory with all that is in it; what cannot be removed stays.
    package static func removeTree(_ path: String) {
        for entry in (try? FileSystem.entries(of: path)) ?? [] {
            let below = "\(path)/\(entry.name)"
            if entry.isDirectory { removeTree(below) } else { try? FileSystem.removeFile(below) }
        }
        try? FileSystem.removeDirectory(path)
        try? FileSystem.removeFile(path)
    }

    package func path(_ name: String) -> String { "\(directory)/\(name)" }

    package func write(_ name: String, _ content: String, mode: UInt32 = 0o644) throws {
        try write(name, Array(content.utf8), mode: mode)
    }

    package func write(_ name: String, _ content: [UInt8], mode: UInt32 = 0o644) throws {
        let file = try OwnedDescriptor.open(path(name), [.writeOnly, .create, .truncate], mode: mode)
        try file.borrowed.writeAll(content.span)
    }

    package func bytes(_ name: String) throws -> [UInt8] { try FileSystem.contents(of: path(name)) }

    package func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// The log of a job in the latest run.
    package func log(_ job: String) throws -> String { try text(".pkrun/latest/logs/\(job).log") }

    /// Starts pkrun in the scenario's directory.
    package func start(
        _ arguments: [String],
        environment: [String: String] = [:],
        on terminal: PseudoTerminal? = nil
    ) throws -> PkrunProcess {
        var environment = environment
        environment["PKRUN_TEST_MARK"] = mark
        return try PkrunProcess(arguments, environment: environment, directory: directory, terminal: terminal)
    }

    /// Runs pkrun to its end.
    package func run(_ arguments: [String], environment: [String: String] = [:]) throws -> PkrunResult {
        try start(arguments, environment: environment).wait()
    }

    /// Every live process that descends from this scenario, pkrun and its guardians included.
    package func processes() -> [Int32] {
        let wanted = Array("PKRUN_TEST_MARK=\(mark)".utf8)
        let entries = (try? FileSystem.entries(of: "/proc")) ?? []
        return entries.compactMap { Int32($0.name) }.filter { process in
            guard let environment = try? FileSystem.contents(of: "/proc/\(process)/environ") else { return false }
            return environment.split(separator: 0).contains { $0.elementsEqual(wanted) }
        }
    }

    /// The command lines of `processes()`, for messages.
    package func processDescriptions() -> [String] {
        processes().map { process in
            let words = (try? FileSystem.contents(of: "/proc/\(process)/cmdline")) ?? []
            return "\(process) " + String(decoding: words.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
        }
    }
}

/// Waits until something is so. Deadlines are generous, since machines are shared; nothing here measures speed.
package func eventually(_ deadline: Duration = .seconds(60), _ condition: () throws -> Bool) rethrows -> Bool {
    let end = MonotonicClock.now + deadline
    while try !condition() {
        guard MonotonicClock.now < end else { return false }
        MonotonicClock.sleep(for: .milliseconds(2))
    }
    return true
}

package enum Signals {
    /// kill(2), to a process that the caller has started.
    package static func send(_ number: Int32, to process: Int32) { kill(process, number) }
}
