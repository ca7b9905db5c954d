import PkrunSystem

/// How often processes are woken, as the kernel counts it.
package enum WakeUps {
    /// Not in programs built for ThreadSanitizer, `.ci/sanitize`, which brings a thread that looks again and again.
    package static let canCease = CurrentProcess.variable("TSAN_OPTIONS") == nil

    /// Whether there comes a time in which no thread of these processes is woken at all, but for the one that asks:
    /// half a second, which is long for whoever looks again and again.
    package static func cease(in processIDs: [Int32]) -> Bool {
        eventually {
            let before = processIDs.map(count)
            MonotonicClock.sleep(for: .milliseconds(500))
            return processIDs.map(count) == before
        }
    }

    /// The voluntary context switches of all threads, proc_pid_status(5): each is the sleep after a wake-up.
    private static func count(of processID: Int32) -> [String: Substring] {
        let threads = (try? FileSystem.entries(of: "/proc/\(processID)/task")) ?? []
        let own = (try? FileSystem.linkTarget("/proc/thread-self"))?.split(separator: "/").last
        return threads.filter { $0.name[...] != own }.reduce(into: [:]) { counts, thread in
            let status = (try? FileSystem.contents(of: "/proc/\(processID)/task/\(thread.name)/status")) ?? []
            counts[thread.name] = String(decoding: status, as: UTF8.self).split(separator: "\n")
                .first { $0.hasPrefix("voluntary_ctxt_switches") }
        }
    }
}
