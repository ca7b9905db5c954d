internal import PkrunDiagnostics
internal import PkrunEvents
internal import PkrunPlan

/// What events mean, in words for people.
struct Wording: Sendable {
    private let names: [String]

    init(plan: Plan) { self.init(names: plan.jobs.map(\.name)) }

    /// - Parameter names: by `JobID`.
    init(names: [String]) { self.names = names }

    func name(_ job: JobID) -> String { names[job.index] }

    func list(_ jobs: [JobID]) -> String { list(jobs.prefix(3).map(name), of: jobs.count) }

    /// `a`, `a and b`, `a, b, c and 3 more`.
    ///
    /// - Parameter first: the first three names of so many, or all of them where there are fewer.
    func list(_ first: [String], of count: Int) -> String {
        let shown = count > first.count ? first + ["\(count - first.count) more"] : first
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return "\(shown.dropLast().joined(separator: ", ")) and \(last)"
    }

    func status(_ status: ExitStatus) -> String {
        switch status {
        case .exited(let code): "exited with \(code)"
        case .signaled(let signal): "ended by \(signal)"
        }
    }

    func processes(_ processes: [ProcessSummary]) -> String {
        let shown = processes.prefix(3).map { "\(oneLine($0.command)) (pid \($0.processID))" }
        let more = processes.count > 3 ? ["\(processes.count - 3) more"] : []
        return (shown + more).joined(separator: ", ")
    }

    func escape(_ processes: [ProcessSummary]) -> String { "\(self.processes(processes)) escaped its cgroup" }

    /// What a program chose to say, a whole script perhaps: in a line that is not too long, with nothing that a
    /// terminal obeys.
    private func oneLine(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.isControl }
        let line = words.joined(separator: " ")
        return line.count > 120 ? "\(line.prefix(119))…" : line
    }

    /// What a job that will not end is doing: a screen of it at most.
    func dossier(_ processes: [StuckProcess], lastLine: String?) -> [String] {
        let shown = processes.prefix(10).map { stuck in
            let sockets = stuck.sockets.prefix(3) + (stuck.sockets.count > 3 ? ["has more sockets"] : [])
            let doings = ([stuck.place ?? "in state \(stuck.state)"] + sockets).joined(separator: ", ")
            return "pid \(stuck.process.processID) \(oneLine(doings)): \(oneLine(stuck.process.command))"
        }
        let more = processes.count > 10 ? ["and \(processes.count - 10) more processes"] : []
        return shown + more + [lastLine.map { "its last line was: \($0)" } ?? "it has written nothing"]
    }

    private func holder(_ holder: PortHolder) -> String {
        let process = holder.process.map { processes([$0]) } ?? "a process of user \(holder.userID)"
        guard let origin = holder.origin else { return process }
        return "\(process) of \(origin.job.map { "job \($0) in " } ?? "")the run \(origin.run)"
    }

    func failure(_ failure: StartFailure) -> String {
        let subject = failure.subject.isEmpty ? "" : " '\(failure.subject)'"
        return "cannot \(failure.step)\(subject): \(failure.message)"
    }

    func reason(_ reason: FailureReason) -> String {
        switch reason {
        case .startFailed(let failure): self.failure(failure)
        case .ended(let status): self.status(status)
        case .outOfMemory(let limit, let status): "out of memory: its limit is \(bytes(limit)); \(self.status(status))"
        case .timeout(let limit): "took longer than \(words(limit))"
        case .idleTimeout(let limit): "was silent for \(words(limit))"
        case .notReady(within: let limit): "was not ready within \(words(limit))"
        case .probeFailed(let times): "was not ready after \(times) tries"
        case .portTaken(let port, by: let holder): "port \(port) belongs to \(self.holder(holder))"
        case .unhealthy: "was not healthy"
        case .leftBehind(let processes): "left behind \(self.processes(processes))"
        case .dependency(let dependency): unmet(dependency)
        case .survivors(let count): "\(count) of its processes could not be ended"
        }
    }

    func reason(_ reason: StopReason) -> String {
        switch reason {
        case .notNeeded: "nothing needs it any more"
        case .run(let reason): self.reason(reason)
        case .timeout(let limit): "takes longer than \(words(limit))"
        case .idleTimeout(let limit): "has been silent for \(words(limit))"
        case .notReady(within: let limit): "is not ready within \(words(limit))"
        case .probeFailed(let times): "is not ready after \(times) tries"
        case .portTaken(let port, by: let holder): "port \(port) belongs to \(self.holder(holder))"
        case .unhealthy: "is not healthy"
        case .dependencyRestarts(let job): "\(name(job)) is being started again"
        case .changed(let path): "\(path) has changed"
        }
    }

    func reason(_ reason: RunStopReason) -> String {
        switch reason {
        case .failed(let job): "\(name(job)) failed"
        case .ended(let job): "\(name(job)) has ended"
        case .interrupted(let signal): "stopped by \(signal)"
        case .fault(let description): "stopped by a fault: \(description)"
        case .timeout(let limit): "the run takes longer than \(words(limit))"
        }
    }

    func reason(_ reason: SkipReason) -> String {
        switch reason {
        case .dependency(let dependency): unmet(dependency)
        case .condition: "its condition does not hold"
        case .notNeeded: "nothing needs it any more"
        case .run(let reason): self.reason(reason)
        }
    }

    private func unmet(_ dependency: Dependency) -> String {
        switch dependency.condition {
        case .started: "\(name(dependency.job)) was not started"
        case .ready: "\(name(dependency.job)) is not going to be ready"
        case .healthy: "\(name(dependency.job)) is not going to be healthy"
        case .succeeded: "\(name(dependency.job)) did not succeed"
        case .completed: "\(name(dependency.job)) did not run"
        case .failed: "\(name(dependency.job)) did not fail"
        }
    }

    func reload(_ change: PlanChange) -> String {
        let parts = [(change.changed, "changed"), (change.added, "new"), (change.removed, "gone")]
        let words = parts.filter { !$0.0.isEmpty }.map { jobs, word in
            "\(list(jobs.prefix(3).map(name), of: jobs.count)) \(jobs.count == 1 ? "is" : "are") \(word)"
        }
        return "the manifest was read again: \(words.isEmpty ? "no job has changed" : words.joined(separator: ", "))"
    }

    func step(_ step: StopStep) -> String {
        switch step {
        case .signal(let signal, to: .tree, wait: _): "\(signal) to its whole tree"
        case .signal(let signal, to: .main, wait: _): "\(signal) to its main process"
        case .command(let arguments, wait: _): "'\(arguments.joined(separator: " "))'"
        }
    }

    /// `64M`, as sizes are written in a manifest.
    func bytes(_ count: UInt64) -> String {
        let units: [(String, Int)] = [("T", 40), ("G", 30), ("M", 20), ("K", 10)]
        let unit = units.first { count > 0 && count % (1 << $0.1) == 0 }
        return unit.map { "\(count >> $0.1)\($0.0)" } ?? "\(count) bytes"
    }

    func unkept(_ limit: UnkeptLimit) -> String { "starts without its limit on \(limit.resource): \(limit.reason)" }

    /// `531 ms`, `1.5 s`, `2 min 5 s`, `1 h 20 min`.
    func words(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        switch milliseconds {
        case ..<1000: return "\(milliseconds) ms"
        case ..<60_000:
            let (tenth, hundredth) = (milliseconds / 100 % 10, milliseconds / 10 % 10)
            let fraction = hundredth > 0 ? ".\(tenth)\(hundredth)" : tenth > 0 ? ".\(tenth)" : ""
            return "\(seconds)\(fraction) s"
        case ..<3_600_000: return joined(seconds / 60, "min", seconds % 60, "s")
        default: return joined(seconds / 3600, "h", seconds / 60 % 60, "min")
        }
    }

    private func joined(_ large: Int64, _ unit: String, _ small: Int64, _ smallUnit: String) -> String {
        small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(smallUnit)"
    }
}
