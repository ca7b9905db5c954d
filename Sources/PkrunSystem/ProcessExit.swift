internal import CPkrunLinux
internal import Glibc

/// A child that has ended and is reaped; waitid(2).
package struct ProcessExit: Equatable, Sendable {
    package var processID: Int32
    package var status: ProcessStatus
    package var usage: ResourceUsage

    package init(processID: Int32, status: ProcessStatus, usage: ResourceUsage) {
        self.processID = processID
        self.status = status
        self.usage = usage
    }

    init(_ raw: pkrun_exit) {
        processID = raw.pid
        status =
            raw.code == Int32(CLD_EXITED)
            ? .exited(code: raw.status) : .signaled(number: raw.status, dumpedCore: raw.code == Int32(CLD_DUMPED))
        usage = ResourceUsage(
            cpuTime: .microseconds(raw.cpu_microseconds),
            peakMemory: UInt64(raw.peak_kilobytes) * 1024,
            storage: StorageTraffic(read: UInt64(raw.read_blocks) * 512, written: UInt64(raw.written_blocks) * 512)
        )
    }
}

/// Which children to wait for.
package enum ChildSelection: Sendable {
    case any
    case process(Int32)
}

extension ProcessExit {
    /// Reaps one child.
    ///
    /// - Parameter waiting: whether to wait for one to end.
    /// - Returns: `nil` where none has ended, or none is left.
    package static func reap(_ selection: ChildSelection, waiting: Bool = false) -> ProcessExit? {
        var raw = pkrun_exit()
        let (type, identifier) =
            switch selection {
            case .any: (P_ALL, id_t(0))
            case .process(let processID): (P_PID, id_t(processID))
            }
        while unsafe pkrun_waitid(type, identifier, waiting ? 0 : WNOHANG, &raw) != 0 {
            // ECHILD: reaped already, or not a child of this process.
            guard errno == EINTR else { return nil }
        }
        return raw.pid == 0 ? nil : ProcessExit(raw)
    }

    /// Whether a child has ended and waits to be reaped, as which it is left.
    /// - Throws: ECHILD where the process is no child of this one, or is reaped.
    package static func isPending(of processID: Int32) throws(SystemError) -> Bool {
        var raw = pkrun_exit()
        while unsafe pkrun_waitid(P_PID, id_t(processID), WNOWAIT | WNOHANG, &raw) != 0 {
            guard errno == EINTR else { throw SystemError("waitid", "process \(processID)", errorNumber: errno) }
        }
        return raw.pid != 0
    }

    /// Waits until any child has ended, and leaves it to be reaped.
    /// - Returns: whether there is a child at all.
    package static func waitForAny() -> Bool {
        var raw = pkrun_exit()
        while unsafe pkrun_waitid(P_ALL, 0, WNOWAIT, &raw) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }
}
