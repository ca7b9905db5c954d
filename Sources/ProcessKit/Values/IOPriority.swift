internal import PkrunSystem

/// How a process's requests to a disk stand against those of others, where the scheduler of the disk heeds it;
/// ioprio_set(2).
///
/// Levels go from 0, the most favoured, to 7; any other fails the start.
public enum IOPriority: Sendable, Equatable {
    /// Before all others; needs privilege.
    case realTime(level: Int32)
    /// As processes are when nothing is said; level 4 then.
    case bestEffort(level: Int32)
    /// When nobody else wants the disk.
    case idle

    var raw: PkrunSystem.IOPriority {
        switch self {
        case .realTime(let level): .realTime(level: level)
        case .bestEffort(let level): .bestEffort(level: level)
        case .idle: .idle
        }
    }
}
