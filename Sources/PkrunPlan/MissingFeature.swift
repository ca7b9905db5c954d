internal import PkrunDiagnostics
internal import PkrunManifest

/// What the manifest language has and the engine does not do yet. Who makes it do that removes a case here, and the line
/// that the compiler then complains of.
package enum MissingFeature: CaseIterable, Sendable {
    case tty
}

extension Planner {
    mutating func reportMissing(in job: ManifestJob) {
        guard !host.missing.isEmpty else { return }
        report(.tty, "tty", job.usesTerminal?.range)
    }

    private mutating func report(_ feature: MissingFeature, _ key: String, _ range: SourceRange?) {
        guard let range, host.missing.contains(feature) else { return }
        report(.unsupportedKey, "'\(key)' is not supported yet", at: range)
    }
}
