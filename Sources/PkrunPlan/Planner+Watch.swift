internal import PkrunDiagnostics
internal import PkrunManifest

extension Planner {
    mutating func watch(of job: ManifestJob) -> WatchPlan? {
        guard let written = job.watch, let paths = written.paths else { return nil }
        if paths.value.isEmpty {
            report(.missingKey, "'watch' names no paths", at: paths.range)
        }
        var watch = WatchPlan(paths: patterns(paths), ignoredPaths: written.ignoredPaths.map(patterns) ?? [])
        if let debounce = written.debounce { watch.debounce = debounce.value }
        if let action = action(written.action) { watch.action = action }
        return watch
    }

    private mutating func action(_ text: Located<String>?) -> WatchAction? {
        guard let text, text.value != "restart" else { return .restart }
        guard let signal = SignalNumber(parsing: text.value) else {
            report(
                .invalidWord,
                "'\(text.value)' is not an answer to a change",
                at: text.range,
                hint: "restart, or a signal such as HUP"
            )
            return nil
        }
        return .signal(signal)
    }

    /// In the directory of the file that they stand in, whose own name is no pattern.
    private func patterns(_ patterns: Located<[String]>) -> [String] {
        let directory = patterns.range.file.directory.reduce(into: "") { text, character in
            if #"\*?[]"#.contains(character) { text.append("\\") }
            text.append(character)
        }
        return patterns.value.map { Path.normalized(Path.absolute($0, in: directory)) }
    }
}
