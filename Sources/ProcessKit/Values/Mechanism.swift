internal import PkrunContainment

/// The ways to keep a tree together, strongest first.
public enum Mechanism: String, Sendable, CaseIterable {
    /// A cgroup of its own per tree: root, or a delegated subtree.
    case cgroup
    /// A PID namespace of its own per tree, on demand alone: root, or where the host allows user namespaces. The
    /// processes see other numbers than this program does, and nothing can be adopted.
    case pidNamespace = "pid-namespace"
    /// A guardian per tree that inherits every orphan of it: any Linux.
    case subreaper
    /// A process group per tree, which a process may leave: the last resort.
    case processGroup = "process-group"

    /// What holds under it, in one sentence.
    public var guarantee: String {
        switch self {
        case .cgroup:
            "every descendant is a member from birth and dies in one atomic kill, also when this program is killed"
        case .pidNamespace:
            "the kernel ends every descendant together with the namespace's first process, whoever is killed"
        case .subreaper:
            "every descendant stays below a guardian that stops and kills until none is left, also when this program is killed"
        case .processGroup:
            "the process group only: a descendant that leaves it survives, and so does everything when this program is killed"
        }
    }

    var contained: PkrunContainment.Mechanism {
        switch self {
        case .cgroup: .cgroup
        case .pidNamespace: .pidNamespace
        case .subreaper: .subreaper
        case .processGroup: .processGroup
        }
    }

    init?(_ contained: PkrunContainment.Mechanism) {
        self.init(rawValue: contained.rawValue)
    }
}
