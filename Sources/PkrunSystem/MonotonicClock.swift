internal import Glibc

/// The clock that runs evenly, also while nothing runs, and is not set by anybody; CLOCK_MONOTONIC.
package enum MonotonicClock {
    /// Time since some moment in the past that stays the same while the machine is up.
    package static var now: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// nanosleep(2): blocks the thread, at most for that long; a signal ends it early.
    package static func sleep(for duration: Duration) {
        let (seconds, attoseconds) = duration.components
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        unsafe nanosleep(&time, nil)
    }
}

/// The time of day; CLOCK_REALTIME. It may jump.
package enum WallClock {
    /// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
    package static var microseconds: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// `17:04:05.123`, where the user is; localtime_r(3).
    package static var timeOfDay: String {
        let microseconds = microseconds
        var seconds = time_t(microseconds / 1_000_000)
        var local = unsafe tm()
        unsafe localtime_r(&seconds, &local)
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(count - text.count, 0)) + text
        }
        let clock = unsafe [local.tm_hour, local.tm_min, local.tm_sec].map { digits(Int($0), 2) }.joined(separator: ":")
        return "\(clock).\(digits(Int(microseconds / 1000 % 1000), 3))"
    }
}
