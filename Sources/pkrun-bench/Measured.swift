import CPkrunBench
import Glibc
import PkrunSystem

/// Commands that are timed and looked at.
enum Measured {
    /// Runs the command to its end, its output into a file.
    static func seconds(_ command: [String], in workshop: Workshop) throws -> Double {
        let usage = try usage(command, in: workshop)
        guard usage.exitCode == 0 else { throw Failure(command: command, status: usage.exitCode) }
        return usage.seconds
    }

    struct Usage {
        let seconds: Double
        /// Of a processor, which the load of others does not change much.
        let processorSeconds: Double
        let peakKilobytes: Int
        let exitCode: Int32
    }

    static func usage(_ command: [String], in workshop: Workshop) throws -> Usage {
        let start = MonotonicClock.now
        var usage = rusage()
        let exitCode = unsafe bench_wait_measured(try self.start(command, in: workshop), &usage)
        let duration = MonotonicClock.now - start
        return Usage(
            seconds: Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18,
            processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakKilobytes: usage.ru_maxrss,
            exitCode: exitCode
        )
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    struct Failure: Error {
        let command: [String]
        let status: Int32
    }

    /// - Returns: the process.
    static func start(_ command: [String], in workshop: Workshop) throws -> Int32 {
        var arguments = unsafe command.map { unsafe strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var child: Int32 = 0
        let error = unsafe bench_start(&arguments, "/dev/null", &child)
        if error != 0 { throw SystemError("posix_spawnp", command[0], errorNumber: error) }
        return child
    }

    static func stop(_ process: Int32) {
        _ = bench_terminate(process)
        _ = bench_wait(process)
    }

    /// proc_tid_children(5)
    static func children(of process: Int32) -> Int {
        let list = (try? FileSystem.contents(of: "/proc/\(process)/task/\(process)/children")) ?? []
        return list.split(separator: UInt8(ascii: " ")).count
    }

    /// What only this process holds of the memory.
    static func privateKilobytes(of process: Int32) throws -> Int {
        let line = try memory(of: process).first { $0.hasPrefix("Private_Dirty:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }

    /// What /proc/PID/smaps_rollup says of the resident set.
    static func memory(of process: Int32) throws -> [String] {
        let text = String(decoding: try FileSystem.contents(of: "/proc/\(process)/smaps_rollup"), as: UTF8.self)
        return text.split(separator: "\n").map(String.init).filter { line in
            ["Rss:", "Pss:", "Private_Dirty:"].contains { line.hasPrefix($0) }
        }
    }
}
