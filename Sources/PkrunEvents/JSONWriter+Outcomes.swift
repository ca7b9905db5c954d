internal import PkrunPlan

/// Values that events and reports write alike.
extension JSONWriter {
    mutating func field(_ key: StaticString, _ duration: Duration) {
        self.key(key)
        seconds(duration)
    }

    mutating func field(_ key: StaticString, _ time: Timestamp) {
        self.key(key)
        timestamp(time)
    }

    mutating func field(_ key: StaticString, _ status: ExitStatus) {
        self.key(key)
        object { json in
            switch status {
            case .exited(let code):
                json.field("kind", "exited")
                json.field("code", code)
            case .signaled(let signal):
                json.field("kind", "signaled")
                json.field("signal", signal.description)
                json.field("number", signal.rawValue)
            }
        }
    }

    mutating func field(_ key: StaticString, _ processes: [ProcessSummary]) {
        self.key(key)
        array { json in
            for process in processes {
                json.object { json in
                    json.field("pid", process.processID)
                    json.field("command", process.command)
                }
            }
        }
    }

    mutating func field(_ key: StaticString, _ processes: [StuckProcess]) {
        self.key(key)
        array { json in
            for stuck in processes {
                json.object { json in
                    json.field("pid", stuck.process.processID)
                    json.field("command", stuck.process.command)
                    json.field("state", stuck.state)
                    if let place = stuck.place { json.field("waits", place) }
                    if !stuck.sockets.isEmpty {
                        json.key("sockets")
                        json.array { json in for socket in stuck.sockets { json.string(socket) } }
                    }
                }
            }
        }
    }

    mutating func field(_ key: StaticString, _ probes: [ProbeSummary]) {
        self.key(key)
        array { json in
            for probe in probes {
                json.object { json in
                    json.field("probe", probe.probe)
                    json.field("passed", probe.passed)
                    json.field("result", probe.result)
                }
            }
        }
    }

    mutating func jobs(_ key: StaticString, _ jobs: [JobID], _ names: [String]) {
        self.key(key)
        array { json in
            for job in jobs { json.string(names[job.index]) }
        }
    }

    mutating func fields(of outcome: RunOutcome, names: [String]) {
        field("exit_code", outcome.exitCode)
        if let reason = outcome.stopReason {
            key("reason")
            object { $0.fields(of: reason, names: names) }
        }
        jobs("failed", outcome.failed, names)
        jobs("unreached", outcome.unreached, names)
    }

    mutating func fields(of outcome: JobOutcome, names: [String]) {
        switch outcome {
        case .succeeded: field("outcome", "succeeded")
        case .failed(let reason):
            field("outcome", "failed")
            key("reason")
            object { $0.fields(of: reason, names: names) }
        case .stopped(let reason):
            field("outcome", "stopped")
            key("reason")
            object { $0.fields(of: reason, names: names) }
        case .skipped(let reason):
            field("outcome", "skipped")
            key("reason")
            object { $0.fields(of: reason, names: names) }
        }
    }

    mutating func fields(of receipt: TreeReceipt) {
        switch receipt.end {
        case .byItself: field("end", "by-itself")
        case .step(let step):
            field("end", "step")
            field("step", step)
        case .killed: field("end", "killed")
        case .abandoned: field("end", "abandoned")
        }
        field("processes_seen", receipt.processesSeen)
        field("survivors", receipt.survivors)
        field("cpu_seconds", receipt.cpuTime)
        field("peak_memory_bytes", receipt.peakMemory)
        if receipt.bytesRead > 0 { field("read_bytes", receipt.bytesRead) }
        if receipt.bytesWritten > 0 { field("written_bytes", receipt.bytesWritten) }
        guard let limits = receipt.limits else { return }
        key("limits")
        object { json in
            if let peak = limits.peakMemory { json.field("peak_memory_bytes", peak) }
            json.field("memory_kills", limits.memoryKills)
            json.field("refused_processes", limits.refusedProcesses)
        }
    }

    mutating func fields(of failure: StartFailure) {
        field("step", failure.step)
        field("subject", failure.subject)
        field("errno", failure.errorNumber)
        field("message", failure.message)
    }

    private mutating func fields(of reason: FailureReason, names: [String]) {
        switch reason {
        case .startFailed(let failure):
            field("kind", "start-failed")
            fields(of: failure)
        case .ended(let status):
            field("kind", "ended")
            field("status", status)
        case .outOfMemory(let limit, let status):
            field("kind", "out-of-memory")
            field("limit_bytes", limit)
            field("status", status)
        case .timeout(let limit): fields("timeout", limit)
        case .idleTimeout(let limit): fields("idle-timeout", limit)
        case .notReady(within: let limit): fields("not-ready", limit)
        case .probeFailed(let times):
            field("kind", "probe-failed")
            field("times", times)
        case .portTaken(let port, by: let holder): portTaken(port, holder)
        case .unhealthy: field("kind", "unhealthy")
        case .leftBehind(let processes):
            field("kind", "left-behind")
            field("processes", processes)
        case .survivors(let count):
            field("kind", "survivors")
            field("count", count)
        case .dependency(let dependency): fields(of: dependency, names: names)
        }
    }

    mutating func fields(of reason: StopReason, names: [String]) {
        switch reason {
        case .notNeeded: field("kind", "not-needed")
        case .run(let reason): fields(of: reason, names: names)
        case .timeout(let limit): fields("timeout", limit)
        case .idleTimeout(let limit): fields("idle-timeout", limit)
        case .notReady(within: let limit): fields("not-ready", limit)
        case .probeFailed(let times):
            field("kind", "probe-failed")
            field("times", times)
        case .portTaken(let port, by: let holder): portTaken(port, holder)
        case .unhealthy: field("kind", "unhealthy")
        case .dependencyRestarts(let job):
            field("kind", "dependency-restarts")
            field("job", names[job.index])
        case .changed(let path):
            field("kind", "changed")
            field("path", path)
        }
    }

    private mutating func portTaken(_ port: UInt16, _ holder: PortHolder) {
        field("kind", "port-taken")
        field("port", Int(port))
        field("user_id", Int(holder.userID))
        guard let process = holder.process else { return }
        field("pid", process.processID)
        field("command", process.command)
        guard let origin = holder.origin else { return }
        key("origin")
        object { json in
            json.field("run", origin.run)
            if let job = origin.job { json.field("job", job) }
        }
    }

    private mutating func fields(of dependency: Dependency, names: [String]) {
        field("kind", "dependency")
        field("job", names[dependency.job.index])
        field("condition", dependency.condition.rawValue)
    }

    private mutating func fields(of reason: SkipReason, names: [String]) {
        switch reason {
        case .dependency(let dependency): fields(of: dependency, names: names)
        case .condition: field("kind", "condition")
        case .notNeeded: field("kind", "not-needed")
        case .run(let reason): fields(of: reason, names: names)
        }
    }

    mutating func fields(of reason: RunStopReason, names: [String]) {
        switch reason {
        case .failed(let job):
            field("kind", "run-failed")
            field("job", names[job.index])
        case .ended(let job):
            field("kind", "run-ended")
            field("job", names[job.index])
        case .interrupted(let signal):
            field("kind", "run-interrupted")
            field("signal", signal.description)
        case .fault(let description):
            field("kind", "run-fault")
            field("message", description)
        case .timeout(let limit): fields("run-timeout", limit)
        }
    }

    private mutating func fields(_ kind: String, _ limit: Duration) {
        field("kind", kind)
        field("limit_seconds", limit)
    }
}
