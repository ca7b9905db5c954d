package import PkrunPlan

/// What a run came to: a fold over its events that becomes `report.json`.
package struct RunReport: Sendable {
    private var plan: Plan
    private var start: RunStart?
    private var startTime: Timestamp?
    private var endTime: Timestamp?
    private var outcome: RunOutcome?
    private var jobs: [JobReport]

    /// One job over all of its attempts.
    private struct JobReport {
        var outcome: JobOutcome?
        var attempts = 0
        var restarts = 0
        /// Of the first attempt.
        var startTime: Timestamp?
        /// When the last attempt became ready.
        var readyTime: Timestamp?
        /// When the last attempt's tree was empty.
        var endTime: Timestamp?
        var status: ExitStatus?
        /// By the last attempt.
        var leftBehind: [ProcessSummary] = []
        /// From all attempts.
        var escaped: [ProcessSummary] = []
        /// Sums and peaks over all attempts, the end of the last.
        var receipt: TreeReceipt?

        mutating func add(_ ending: AttemptEnding) {
            status = ending.status
            leftBehind = ending.leftBehind
            guard var sum = receipt else {
                receipt = ending.receipt
                return
            }
            sum.end = ending.receipt.end
            sum.processesSeen += ending.receipt.processesSeen
            sum.survivors += ending.receipt.survivors
            sum.cpuTime += ending.receipt.cpuTime
            sum.bytesRead += ending.receipt.bytesRead
            sum.bytesWritten += ending.receipt.bytesWritten
            sum.peakMemory = max(sum.peakMemory, ending.receipt.peakMemory)
            if let limits = ending.receipt.limits { sum.limits = sum.limits.map { $0 + limits } ?? limits }
            receipt = sum
        }
    }

    package init(plan: Plan) {
        self.plan = plan
        jobs = Array(repeating: JobReport(), count: plan.jobs.count)
    }

    package mutating func receive(_ event: RunEvent, at time: Timestamp) {
        switch event {
        case .runStarted(let start):
            self.start = start
            startTime = time
        case .jobStarted(let job, let attempt, processID: _):
            jobs[job.index].attempts = attempt
            jobs[job.index].startTime = jobs[job.index].startTime ?? time
            jobs[job.index].readyTime = nil
            jobs[job.index].endTime = nil
        case .jobStartFailed(let job, let attempt, _):
            jobs[job.index].attempts = attempt
        case .jobReady(let job, attempt: _, after: _):
            jobs[job.index].readyTime = time
        case .jobEscaped(let job, attempt: _, let processes):
            jobs[job.index].escaped += processes
        case .jobEnded(let job, attempt: _, let ending):
            jobs[job.index].endTime = time
            jobs[job.index].add(ending)
        case .jobRestarting(let job, restart: _, after: _):
            jobs[job.index].restarts += 1
        case .jobFinished(let job, let outcome):
            jobs[job.index].outcome = outcome
        case .runReloaded(let change):
            plan = change.plan
            jobs += change.added.map { _ in JobReport() }
        case .runFinished(let outcome):
            self.outcome = outcome
            endTime = time
        case .jobWaiting, .jobUnlimited, .jobNotReady, .jobHealthy, .jobUnhealthy, .jobExited, .jobLeftBehind,
            .jobStopping, .jobStopStep, .jobDossier, .jobKilling, .jobResting, .jobChanged, .runStopping,
            .runFinalizing:
            break
        }
    }

    /// The report in the form of `schema/report.schema.json`, whole also when the run has not come to its end.
    ///
    /// - Parameter write: takes it piece by piece, so that a large one needs no more memory than a small one.
    package func encode<Failure: Error>(_ write: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        let names = plan.jobs.map(\.name)
        var writer = JSONWriter(isIndented: true)
        var failure: Failure?
        writer.object { json in
            json.field("v", EventEncoder.version)
            if let start {
                json.field("run_id", start.runID)
                json.field("name", start.name)
                json.field("manifest", start.manifest)
                json.field("mechanism", start.mechanism)
            }
            if let startTime { json.field("started", startTime) }
            if let endTime { json.field("ended", endTime) }
            if let outcome { json.fields(of: outcome, names: names) }
            json.key("jobs")
            json.array { json in
                for index in jobs.indices where failure == nil {
                    json.object { encode(jobs[index], of: JobID(index), names: names, into: &$0) }
                    guard json.count >= Self.piece else { continue }
                    do throws(Failure) { try json.drain(write) } catch { failure = error }
                }
            }
        }
        if let failure { throw failure }
        writer.endLine()
        try writer.drain(write)
    }

    /// In bytes.
    private static let piece = 1 << 16

    private func encode(_ report: JobReport, of job: JobID, names: [String], into json: inout JSONWriter) {
        json.field("job", names[job.index])
        json.field("kind", plan.jobs[job.index].kind.rawValue)
        if let outcome = report.outcome { json.fields(of: outcome, names: names) }
        json.field("attempts", report.attempts)
        json.field("restarts", report.restarts)
        if let time = report.startTime { json.field("started", time) }
        if let time = report.readyTime { json.field("ready", time) }
        if let time = report.endTime { json.field("ended", time) }
        if let status = report.status { json.field("status", status) }
        guard let receipt = report.receipt else { return }
        json.key("receipt")
        json.object { json in
            if let start { json.field("mechanism", start.mechanism) }
            json.fields(of: receipt)
            json.field("left_behind", report.leftBehind)
            json.field("escaped", report.escaped)
        }
    }
}
