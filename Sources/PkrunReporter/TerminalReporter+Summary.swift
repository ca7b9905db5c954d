internal import PkrunEvents
internal import PkrunPlan

/// The last lines of a run.
extension TerminalReporter {
    /// With more jobs than this, those that did what they should are counted, not listed.
    private static let longestTable = 20

    func summary(of outcome: RunOutcome, at time: Duration) -> [String] {
        var lines: [String] = []
        if jobs.count > 1 {
            let listed = jobs.indices.filter { jobs.count <= Self.longestTable || isRemarkable(jobs[$0].outcome) }
            lines = [""] + listed.map { row(of: JobID($0)) }
            let unlisted = jobs.count - listed.count
            if unlisted > 0 { lines.append("\(unlisted) \(listed.isEmpty ? "" : "other ")jobs went well") }
        }
        return lines + [verdict(on: outcome, at: time)]
    }

    private func isRemarkable(_ outcome: JobOutcome?) -> Bool {
        switch outcome {
        case .succeeded, .stopped(.notNeeded), .skipped(.notNeeded), .skipped(.condition): false
        case .failed, .stopped, .skipped, nil: true
        }
    }

    private func row(of job: JobID) -> String {
        let progress = jobs[job.index]
        let duration = progress.duration.map { wording.words($0) } ?? "-"
        return "\(column.name(of: job)) \(padded(outcome: progress.outcome)) \(duration)"
    }

    private func padded(outcome: JobOutcome?) -> String {
        switch outcome {
        case .succeeded: style.apply(.green, to: "succeeded")
        case .failed: style.apply(.red, to: "failed   ")
        case .stopped: "stopped  "
        case .skipped: style.apply(.yellow, to: "skipped  ")
        case nil: "-        "
        }
    }

    private func verdict(on outcome: RunOutcome, at time: Duration) -> String {
        var text = "\(judgement(on: outcome)) after \(wording.words(time))"
        let survivors = jobs.reduce(0) { $0 + $1.survivors }
        text += survivors == 0 ? ", nothing is left running" : ", \(survivors) processes could not be ended"
        if outcome.exitCode != ExitCode.success { text += " (exit code \(outcome.exitCode))" }
        return style.apply(outcome.exitCode == ExitCode.success ? .green : .red, to: text)
    }

    func judgement(on outcome: RunOutcome) -> String {
        switch outcome.stopReason {
        case .interrupted(let signal): return "stopped by \(signal)"
        case .fault(let description): return "stopped by a fault: \(description)"
        case .timeout: return "took too long, stopped"
        case .failed, .ended, nil:
            if !outcome.failed.isEmpty { return "failed: \(wording.list(outcome.failed))" }
            if !outcome.unreached.isEmpty { return "not reached: \(wording.list(outcome.unreached))" }
            if case .ended(let job) = outcome.stopReason { return "ended with \(wording.name(job))" }
            let hasFailed = jobs.contains { if case .failed = $0.outcome { true } else { false } }
            return hasFailed ? "every required goal reached" : "every goal reached"
        }
    }
}
