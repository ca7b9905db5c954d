internal import PkrunContainment

/// The ways to keep a tree together, strongest first.
public enum Mechanism: String, Sendable, CaseIterable {
    /// A cgroup of its own per tree: root, or a delegated subtree.
    case cgroup
    /// A guardian per tree that inherits every orphan of it: any Linux.
    case subreaper

    /// What holds under it, in one sentence.
    public var guarantee: String {
        switch self {
        case .cgroup:
            "every descendant is a member from birth and dies in one atomic kill, also when this program is killed"
        case .subreaper:
            "every descendant stays below a guardian that stops and kills until none is left, also when this program is killed"
        }
    }

    var contained: PkrunContainment.Mechanism {
        switch self {
        case .cgroup: .cgroup
        case .subreaper: .subreaper
        }
    }

    init?(_ contained: PkrunContainment.Mechanism) {
        self.init(rawValue: contained.rawValue)
    }
}
