internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    /// The job's own settings over those of its file.
    mutating func log(of job: ManifestJob, over base: ManifestLog) -> LogPlan {
        let written = job.log?.merged(over: base) ?? base
        if let split = written.split, split.value, let terminal = job.usesTerminal, terminal.value {
            report(
                .conflictingKeys,
                "the output of a terminal cannot be split",
                at: split.range,
                notes: [Diagnostic.Note("the job gets a terminal here", at: terminal.range)]
            )
        }
        let color: LogColor? = word(written.color, "a colour")
        return LogPlan(
            path: written.path?.absolutePath,
            split: written.split?.value ?? false,
            rotation: rotation(written),
            display: LogDisplay(
                timestamps: written.timestamps?.value ?? false,
                prefix: written.prefix?.value,
                color: color
            )
        )
    }

    private mutating func rotation(_ written: ManifestLog) -> LogRotation? {
        guard let size = written.maximumSize else {
            if let files = written.maximumFiles {
                report(
                    .missingKey,
                    "'max_files' says nothing without 'max_size'",
                    at: files.range,
                    hint: "such as max_size: 10M"
                )
            }
            return nil
        }
        guard size.value > 0 else {
            report(.outOfRange, "this must be more than 0", at: size.range)
            return nil
        }
        return LogRotation(
            maximumSize: size.value,
            maximumFiles: written.maximumFiles?.value ?? LogRotation.usualFiles
        )
    }
}
