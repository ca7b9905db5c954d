package import PkrunPlan

/// Events from the lines of `events.jsonl`, of the kinds that tell why a job is where it is.
package struct EventDecoder: Sendable {
    /// The names of the jobs that were met; a `JobID` is an index into them, and no index into a plan.
    package private(set) var names: [String] = []
    private var indices: [String: Int] = [:]

    package init() {}

    package func job(named name: String) -> JobID? { indices[name].map { JobID($0) } }

    /// - Returns: `nil` for a line that is cut, and for kinds of events that are not told.
    package mutating func decode(_ line: some Collection<UInt8>) -> RunEvent? {
        guard let json = JSONValue(parsing: line), let kind = json["event"]?.string else { return nil }
        let job = self.job(json["job"]) ?? JobID(0)
        let attempt = json["attempt"]?.integer ?? 0
        switch kind {
        case "job-waiting":
            return .jobWaiting(job, on: json["on"]?.elements.compactMap { dependency($0) } ?? [])
        case "job-started":
            return .jobStarted(job, attempt: attempt, processID: Int32(json["pid"]?.integer ?? 0))
        case "job-ready":
            return .jobReady(job, attempt: attempt, after: json["after_seconds"]?.seconds ?? .zero)
        case "job-not-ready":
            return .jobNotReady(job, attempt: attempt, json["probes"]?.elements.compactMap { probe($0) } ?? [])
        case "job-exited":
            return status(json["status"]).map { .jobExited(job, attempt: attempt, $0) }
        case "job-escaped":
            return .jobEscaped(job, attempt: attempt, processes(json["processes"]))
        case "job-stopping":
            return stopReason(json["reason"]).map { .jobStopping(job, attempt: attempt, $0) }
        case "job-restarting":
            let restart = json["restart"]?.integer ?? 0
            return .jobRestarting(job, restart: restart, after: json["after_seconds"]?.seconds ?? .zero)
        case "job-resting":
            return outcome(json).map { .jobResting(job, $0) }
        case "job-changed":
            return json["path"]?.string.map { .jobChanged(job, path: $0) }
        case "job-finished":
            return outcome(json).map { .jobFinished(job, $0) }
        case "run-stopping":
            return runStopReason(json["reason"]).map { .runStopping($0) }
        default:
            return nil
        }
    }

    private mutating func job(_ json: JSONValue?) -> JobID? {
        guard let name = json?.string else { return nil }
        if let known = job(named: name) { return known }
        indices[name] = names.count
        names.append(name)
        return JobID(names.count - 1)
    }

    private func probe(_ json: JSONValue) -> ProbeSummary? {
        guard let probe = json["probe"]?.string, let result = json["result"]?.string else { return nil }
        return ProbeSummary(probe: probe, passed: json["passed"] == .bool(true), result: result)
    }

    private mutating func dependency(_ json: JSONValue) -> Dependency? {
        guard let job = job(json["job"]),
            let condition = json["condition"]?.string.flatMap(DependencyCondition.init(rawValue:))
        else { return nil }
        return Dependency(job, condition)
    }

    private func status(_ json: JSONValue?) -> ExitStatus? {
        if let code = json?["code"]?.integer { return .exited(Int32(code)) }
        return json?["number"]?.integer.flatMap { SignalNumber(rawValue: Int32($0)) }.map { .signaled($0) }
    }

    private mutating func outcome(_ json: JSONValue) -> JobOutcome? {
        switch json["outcome"]?.string {
        case "succeeded": .succeeded
        case "failed": failureReason(json["reason"]).map { .failed($0) }
        case "stopped": stopReason(json["reason"]).map { .stopped($0) }
        case "skipped": skipReason(json["reason"]).map { .skipped($0) }
        default: nil
        }
    }

    private mutating func runStopReason(_ json: JSONValue?) -> RunStopReason? {
        switch json?["kind"]?.string {
        case "run-failed": job(json?["job"]).map { .failed($0) }
        case "run-ended": job(json?["job"]).map { .ended($0) }
        case "run-interrupted": json?["signal"]?.string.flatMap(SignalNumber.init(parsing:)).map { .interrupted($0) }
        case "run-timeout": json?["limit_seconds"]?.seconds.map { .timeout($0) }
        default: nil
        }
    }

    private mutating func stopReason(_ json: JSONValue?) -> StopReason? {
        let limit = json?["limit_seconds"]?.seconds ?? .zero
        switch json?["kind"]?.string {
        case "not-needed": return .notNeeded
        case "timeout": return .timeout(limit)
        case "idle-timeout": return .idleTimeout(limit)
        case "not-ready": return .notReady(within: limit)
        case "probe-failed": return .probeFailed(times: json?["times"]?.integer ?? 0)
        case "port-taken": return portTaken(json).map { .portTaken($0.port, by: $0.holder) }
        case "unhealthy": return .unhealthy
        case "changed": return json?["path"]?.string.map { .changed($0) }
        case "dependency-restarts": return job(json?["job"]).map { .dependencyRestarts($0) }
        default: return runStopReason(json).map { .run($0) }
        }
    }

    private mutating func skipReason(_ json: JSONValue?) -> SkipReason? {
        switch json?["kind"]?.string {
        case "dependency": json.flatMap { dependency($0) }.map { .dependency($0) }
        case "condition": .condition
        case "not-needed": .notNeeded
        default: runStopReason(json).map { .run($0) }
        }
    }

    private mutating func failureReason(_ json: JSONValue?) -> FailureReason? {
        let limit = json?["limit_seconds"]?.seconds ?? .zero
        switch json?["kind"]?.string {
        case "start-failed":
            return .startFailed(
                StartFailure(
                    step: json?["step"]?.string ?? "",
                    subject: json?["subject"]?.string ?? "",
                    errorNumber: Int32(json?["errno"]?.integer ?? 0),
                    message: json?["message"]?.string ?? ""
                )
            )
        case "ended": return status(json?["status"]).map { .ended($0) }
        case "out-of-memory":
            let limit = UInt64(json?["limit_bytes"]?.integer ?? 0)
            return status(json?["status"]).map { .outOfMemory(limit: limit, $0) }
        case "timeout": return .timeout(limit)
        case "idle-timeout": return .idleTimeout(limit)
        case "not-ready": return .notReady(within: limit)
        case "probe-failed": return .probeFailed(times: json?["times"]?.integer ?? 0)
        case "port-taken": return portTaken(json).map { .portTaken($0.port, by: $0.holder) }
        case "unhealthy": return .unhealthy
        case "left-behind": return .leftBehind(processes(json?["processes"]))
        case "survivors": return .survivors(json?["count"]?.integer ?? 0)
        case "dependency": return json.flatMap { dependency($0) }.map { .dependency($0) }
        default: return nil
        }
    }

    private func portTaken(_ json: JSONValue?) -> (port: UInt16, holder: PortHolder)? {
        guard let json, let port = json["port"]?.integer.flatMap({ UInt16(exactly: $0) }) else { return nil }
        let userID = UInt32(json["user_id"]?.integer ?? 0)
        let origin = json["origin"].flatMap { origin in
            origin["run"]?.string.map { ProcessOrigin(run: $0, job: origin["job"]?.string) }
        }
        return (port, PortHolder(userID: userID, process: process(json), origin: origin))
    }

    private func processes(_ json: JSONValue?) -> [ProcessSummary] { json?.elements.compactMap { process($0) } ?? [] }

    private func process(_ json: JSONValue) -> ProcessSummary? {
        guard let processID = json["pid"]?.integer, let command = json["command"]?.string else { return nil }
        return ProcessSummary(processID: Int32(processID), command: command)
    }
}
