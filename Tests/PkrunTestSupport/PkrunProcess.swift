import Glibc
import PkrunSystem

/// A pkrun that is running.
package final class PkrunProcess {
    package let identifier: Int32
    private let outputPath: String
    private let errorPath: String
    private var status: Int32?

    /// The program that was built together with these tests.
    package static let program = BuiltProgram.path("pkrun")

    init(
        _ arguments: [String],
        environment: [String: String],
        directory: String,
        terminal: PseudoTerminal?
    ) throws {
        let salt = UInt32.random(in: 0 ... .max)
        outputPath = "\(directory)/.output.\(salt)"
        errorPath = "\(directory)/.errors.\(salt)"
        identifier = try Self.spawn(
            ["/usr/bin/env", "--chdir=\(directory)", Self.program] + arguments,
            environment: environment,
            streams: terminal.map { [$0.path, $0.path, $0.path] } ?? ["/dev/null", outputPath, errorPath]
        )
    }

    deinit {
        guard status == nil else { return }
        kill(identifier, SIGKILL)
        waitpid(identifier, nil, 0)
    }

    package func signal(_ number: Int32) { kill(identifier, number) }

    /// What it has written to standard output so far.
    package var output: String { Self.text(outputPath) }

    /// What it has written to standard error so far.
    package var errors: String { Self.text(errorPath) }

    /// Waits until its standard output contains the text.
    package func waitForOutput(_ text: String) -> Bool {
        eventually { output.contains(text) || hasEnded } && output.contains(text)
    }

    package var hasEnded: Bool {
        guard status == nil else { return true }
        var raw: Int32 = 0
        guard unsafe waitpid(identifier, &raw, WNOHANG) == identifier else { return false }
        status = raw
        return true
    }

    package struct Hung: Error {
        package let output: String
        package let errors: String
    }

    /// Waits for its end.
    package func wait(_ deadline: Duration = .seconds(120)) throws -> PkrunResult {
        guard eventually(deadline, { hasEnded }), let status else { throw Hung(output: output, errors: errors) }
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return PkrunResult(exitCode: code, output: output, errors: errors)
    }

    private static func text(_ path: String) -> String {
        String(decoding: (try? FileSystem.contents(of: path)) ?? [], as: UTF8.self)
    }

    /// posix_spawn(3) in a session of its own, so that a terminal that is opened becomes its controlling one.
    private static func spawn(
        _ arguments: [String],
        environment: [String: String],
        streams: [String]
    ) throws -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawnattr_setflags(&attributes, Int16(0x80))  // POSIX_SPAWN_SETSID, spawn.h
        for (number, path) in streams.enumerated() {
            let flags = number == 0 ? O_RDWR : O_RDWR | O_CREAT | O_APPEND
            unsafe posix_spawn_file_actions_addopen(&actions, Int32(number), path, flags, 0o644)
        }
        var merged = Dictionary(
            CurrentProcess.environment.map { entry in
                let name = entry.prefix { $0 != "=" }
                return (String(name), String(entry.dropFirst(name.count + 1)))
            },
            uniquingKeysWith: { $1 }
        )
        merged.merge(environment) { $1 }
        var words = unsafe arguments.map { unsafe strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
        var entries =
            unsafe merged.map { unsafe strdup("\($0.key)=\($0.value)") as UnsafeMutablePointer<CChar>? } + [nil]
        defer {
            unsafe words.forEach { unsafe free($0) }
            unsafe entries.forEach { unsafe free($0) }
        }
        var child: Int32 = 0
        let error = unsafe posix_spawn(&child, arguments[0], &actions, &attributes, &words, &entries)
        guard error == 0 else { throw SystemError("posix_spawn", arguments[0], errorNumber: error) }
        return child
    }
}

/// A pkrun that has ended.
package struct PkrunResult {
    /// Its exit code, or 128 plus the number of the signal that ended it.
    package let exitCode: Int32
    package let output: String
    package let errors: String
}
