internal import Glibc

/// What proc(5) tells of one process.
package struct ProcessRecord: Equatable, Sendable {
    package var processID: Int32
    package var parentID: Int32
    package var processGroup: Int32
    /// The short name, at most 15 bytes.
    package var name: String
    package var isZombie: Bool
    /// User and system time, also of the children that it has waited for, in clock ticks.
    package var clockTicks: UInt64
    /// When it began, as the time since the machine was started; in hundredths of a second.
    package var startTime: Duration
    /// What it has in memory now, in bytes.
    package var residentMemory: UInt64

    /// Ticks per second in everything that proc(5) shows; USER_HZ is 100 on every architecture that Linux still has.
    package static let ticksPerSecond: UInt64 = 100

    /// Reads a line of /proc/PID/stat. The name may contain anything, parentheses and spaces included.
    package init?(stat line: some Collection<UInt8>) {
        let bytes = Array(line)
        guard let opening = bytes.firstIndex(of: UInt8(ascii: "(")),
            let closing = bytes.lastIndex(of: UInt8(ascii: ")")), opening < closing,
            let processID = Int32(String(decoding: bytes[..<opening], as: UTF8.self).filter { $0 != " " })
        else { return nil }
        let fields = bytes[(closing + 1)...].split(separator: UInt8(ascii: " "))
        // Counted from the state, which proc_pid_stat(5) numbers 3.
        guard fields.count > 21, let state = fields[0].first,
            let parentID = Int32(String(decoding: fields[1], as: UTF8.self)),
            let processGroup = Int32(String(decoding: fields[2], as: UTF8.self))
        else { return nil }
        self.processID = processID
        self.parentID = parentID
        self.processGroup = processGroup
        name = String(decoding: bytes[(opening + 1)..<closing], as: UTF8.self)
        isZombie = state == UInt8(ascii: "Z") || state == UInt8(ascii: "X")
        func number(_ index: Int) -> UInt64 { UInt64(String(decoding: fields[index], as: UTF8.self)) ?? 0 }
        clockTicks = (11...14).reduce(0) { $0 + number($1) }
        startTime = .milliseconds(number(19) * 1000 / Self.ticksPerSecond)
        residentMemory = number(21) * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// - Returns: `nil` where the process is gone.
    package init?(of processID: Int32) {
        guard let line = try? FileSystem.contents(of: "/proc/\(processID)/stat") else { return nil }
        self.init(stat: line)
    }

    /// The command line with spaces between its words, the short name where there is none.
    package var commandLine: String {
        guard let bytes = try? FileSystem.contents(of: "/proc/\(processID)/cmdline") else { return name }
        let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return words.isEmpty ? name : words.joined(separator: " ")
    }
}
