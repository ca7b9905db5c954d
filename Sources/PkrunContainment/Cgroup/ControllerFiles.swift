/// The two generations of cgroups. Each controller is in a hierarchy of one of them.
enum CgroupVersion {
    /// The kernel's Documentation/admin-guide/cgroup-v1
    case legacy
    /// The kernel's Documentation/admin-guide/cgroup-v2.rst
    case unified
}

/// What is written to limit a resource, in this order.
struct ControllerSetting: Equatable {
    var file: String
    var value: String
    /// Whether kernels may lack the file.
    var isOptional = false
}

extension SliceLimits {
    /// Over which processor time is counted, in microseconds; the kernel's own choice.
    private static let period = 100_000

    func settings(of resource: LimitedResource, _ version: CgroupVersion) -> [ControllerSetting] {
        switch (resource, version) {
        case (.memory, .legacy):
            // Of both together there may be no less than of the first alone.
            ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes"].map {
                ControllerSetting(file: $0, value: "\(memory ?? 0)", isOptional: $0 == "memory.memsw.limit_in_bytes")
            }
        case (.memory, .unified):
            [
                ControllerSetting(file: "memory.max", value: "\(memory ?? 0)"),
                ControllerSetting(file: "memory.swap.max", value: "0", isOptional: true),
            ]
        case (.pids, _):
            [ControllerSetting(file: "pids.max", value: "\(processes ?? 0)")]
        case (.cpu, .legacy):
            [
                ControllerSetting(file: "cpu.cfs_period_us", value: "\(Self.period)"),
                ControllerSetting(file: "cpu.cfs_quota_us", value: "\(quota)"),
            ]
        case (.cpu, .unified):
            [ControllerSetting(file: "cpu.max", value: "\(quota) \(Self.period)")]
        }
    }

    private var quota: Int { Int(((processors ?? 0) * Double(Self.period)).rounded()) }
}
