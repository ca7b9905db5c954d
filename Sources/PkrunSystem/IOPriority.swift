/// How a process's requests to a disk stand against those of others; ioprio_set(2).
package enum IOPriority: Equatable, Sendable {
    /// Before all others, from 0, the most favoured, to 7; needs privilege.
    case realTime(level: Int32)
    /// From 0, the most favoured, to 7. Who was given nothing has the level that its niceness says, 4 in the middle.
    case bestEffort(level: Int32)
    /// When nobody else wants the disk.
    case idle

    /// As the kernel has it: a class, and 13 bits below it.
    var raw: Int32 {
        switch self {
        case .realTime(let level): Self.raw(1, level)
        case .bestEffort(let level): Self.raw(2, level)
        case .idle: Self.raw(3, 0)
        }
    }

    /// The kernel takes higher levels for something else; with a class that there is not, it refuses them.
    private static func raw(_ kind: Int32, _ level: Int32) -> Int32 {
        (0...7).contains(level) ? kind << 13 | level : 7 << 13
    }
}

extension IOPriority: CustomStringConvertible {
    /// Such as `best-effort 7`, as ionice(1) has it.
    package var description: String {
        switch self {
        case .realTime(let level): "realtime \(level)"
        case .bestEffort(let level): "best-effort \(level)"
        case .idle: "idle"
        }
    }
}
