import PkrunEvents
import PkrunSystem

/// The files of one run: `.pkrun/runs/<run id>/…`.
package struct RunDirectory: Sendable {
    package let runID: String
    /// Absolute.
    package let path: String

    /// The directory of all runs; absolute.
    let statePath: String

    init(state: String, runID: String) {
        self.runID = runID
        statePath = state
        path = "\(state)/runs/\(runID)"
    }

    var eventsPath: String { "\(path)/events.jsonl" }

    /// For a file that is open for a moment and has no name after that.
    var temporaryPath: String { "\(path)/.input" }

    /// - Parameter suffix: `log`, or `out.log` and `err.log` for a split log.
    package func logPath(job: String, suffix: String) -> String { "\(path)/logs/\(job).\(suffix)" }

    /// Puts `report.json` in its place in one step, complete.
    func writeReport(_ report: RunReport) throws(SystemError) {
        let temporary = "\(path)/.report.json"
        let file = try OwnedDescriptor.open(temporary, [.writeOnly, .create, .truncate], mode: 0o600)
        try report.encode(file.borrowed.writeAll)
        try FileSystem.rename(temporary, to: "\(path)/report.json")
    }
}
