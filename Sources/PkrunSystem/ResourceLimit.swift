internal import CPkrunLinux
internal import Glibc

/// A limit that a process has for itself; setrlimit(2).
package struct ResourceLimit: Equatable, Sendable {
    /// RLIM_INFINITY
    package static let unlimited = UInt64.max

    package var resource: Resource
    package var soft: UInt64
    package var hard: UInt64

    package init(_ resource: Resource, soft: UInt64, hard: UInt64) {
        self.resource = resource
        self.soft = soft
        self.hard = hard
    }

    /// The numbers are those of x86_64 and aarch64.
    package enum Resource: Int32, CaseIterable, Sendable {
        case cpu, fsize, data, stack, core, rss, nproc, nofile, memlock, `as`, locks, sigpending, msgqueue, nice, rtprio
        case rttime
    }

    var raw: pkrun_limit {
        pkrun_limit(resource: resource.rawValue, values: rlimit(rlim_cur: rlim_t(soft), rlim_max: rlim_t(hard)))
    }
}

extension ResourceLimit: CustomStringConvertible {
    /// Such as `nofile 1024:4096`.
    package var description: String { "\(resource) \(Self.text(soft)):\(Self.text(hard))" }

    private static func text(_ value: UInt64) -> String { value == unlimited ? "unlimited" : "\(value)" }
}
