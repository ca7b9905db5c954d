internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    /// Who the job runs as, if not as whoever runs pkrun, and what its environment says about that user.
    mutating func user(of job: ManifestJob) -> (identity: Identity?, changes: [EnvironmentOverlay.Change]) {
        let user = job.user.flatMap { Self.isBlank($0) ? nil : $0 }
        let group = job.group.flatMap { Self.isBlank($0) ? nil : $0 }
        guard user != nil || group != nil else { return (nil, []) }

        let own = host.user(String(host.effectiveUserID))
        var identity = own
        if let user {
            identity = host.user(user.value)
            guard let number = identity?.userID else {
                report(.unknownUser, "there is no user '\(user.value)' here", at: user.range)
                return (nil, [])
            }
            guard isRoot || number == host.effectiveUserID else {
                reportNeedsRoot("run a job as user '\(user.value)'", user)
                return (nil, [])
            }
        }
        if let group {
            guard let number = host.group(group.value) else {
                report(.unknownGroup, "there is no group '\(group.value)' here", at: group.range)
                return (nil, [])
            }
            guard isRoot || number == own?.groupID else {
                reportNeedsRoot("run a job in group '\(group.value)'", group)
                return (nil, [])
            }
            identity?.groupID = number
        }
        let changes = identity.map { identity in
            [
                EnvironmentOverlay.Change("HOME", identity.home),
                EnvironmentOverlay.Change("USER", identity.userName),
                EnvironmentOverlay.Change("LOGNAME", identity.userName),
            ]
        }
        // Without root there is nothing to change, and nothing that could be changed.
        return (isRoot ? identity : nil, changes ?? [])
    }

    private var isRoot: Bool { host.effectiveUserID == 0 }

    private static func isBlank(_ text: Located<String>) -> Bool { text.value.allSatisfy(\.isWhitespace) }

    private mutating func reportNeedsRoot(_ deed: String, _ text: Located<String>) {
        report(.needsRoot, "only root can \(deed)", at: text.range, hint: "run pkrun as root")
    }
}
