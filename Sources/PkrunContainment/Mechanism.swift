/// The ways to contain a tree, strongest first.
package enum Mechanism: String, CaseIterable, Sendable {
    case cgroup
    case pidNamespace = "pid-namespace"
    case subreaper
    case processGroup = "process-group"

    /// Those that are taken where nothing is demanded. In a PID namespace jobs would see other process numbers than
    /// everybody else, which is for the user to want.
    package static let automatic: [Mechanism] = [.cgroup, .subreaper, .processGroup]

    /// Whether it answers for every descendant.
    package var isComplete: Bool { self != .processGroup }

    /// What holds under it, in one sentence, as `doctor` and the documentation tell it.
    package var guarantee: String {
        switch self {
        case .cgroup:
            "every descendant is a member from birth and dies in one atomic kill, also when pkrun is killed"
        case .pidNamespace:
            "the kernel ends every descendant together with the namespace's first process, whoever is killed"
        case .subreaper:
            "every descendant stays below a guardian that stops and kills until none is left, also when pkrun is killed"
        case .processGroup:
            "the process group only: a descendant that leaves it survives, and so does everything when pkrun is killed"
        }
    }
}
