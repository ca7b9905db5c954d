internal import PkrunPlan

/// The fields that each kind of event adds to its line.
extension JSONWriter {
    mutating func fields(of event: RunEvent, names: [String]) {
        switch event {
        case .runStarted(let start):
            field("run_id", start.runID)
            field("manifest", start.manifest)
            field("name", start.name)
            field("pid", start.processID)
            field("mechanism", start.mechanism)
            jobs("goals", start.goals, names)
        case .jobWaiting(let job, on: let dependencies):
            field("job", names[job.index])
            key("on")
            array { json in
                for dependency in dependencies {
                    json.object { json in
                        json.field("job", names[dependency.job.index])
                        json.field("condition", dependency.condition.rawValue)
                    }
                }
            }
        case .jobStarted(let job, let attempt, let processID):
            of(job, attempt, names)
            field("pid", processID)
        case .jobUnlimited(let job, let attempt, let limits):
            of(job, attempt, names)
            key("limits")
            array { json in
                for limit in limits {
                    json.object { json in
                        json.field("resource", limit.resource)
                        json.field("reason", limit.reason)
                    }
                }
            }
        case .jobStartFailed(let job, let attempt, let failure):
            of(job, attempt, names)
            fields(of: failure)
        case .jobReady(let job, let attempt, after: let duration):
            of(job, attempt, names)
            field("after_seconds", duration)
        case .jobNotReady(let job, let attempt, let probes), .jobUnhealthy(let job, let attempt, let probes):
            of(job, attempt, names)
            field("probes", probes)
        case .jobExited(let job, let attempt, let status):
            of(job, attempt, names)
            field("status", status)
        case .jobLeftBehind(let job, let attempt, let processes, let policy):
            of(job, attempt, names)
            field("processes", processes)
            field("policy", policy.rawValue)
        case .jobEscaped(let job, let attempt, let processes):
            of(job, attempt, names)
            field("processes", processes)
        case .jobStopping(let job, let attempt, let reason):
            of(job, attempt, names)
            key("reason")
            object { $0.fields(of: reason, names: names) }
        case .jobStopStep(let job, let attempt, let step):
            of(job, attempt, names)
            key("step")
            object { $0.fields(of: step) }
        case .jobDossier(let job, let attempt, let processes, lastLine: let line):
            of(job, attempt, names)
            field("processes", processes)
            if let line { field("last_line", line) }
        case .jobKilling(let job, let attempt), .jobHealthy(let job, let attempt):
            of(job, attempt, names)
        case .jobEnded(let job, let attempt, let ending):
            of(job, attempt, names)
            field("status", ending.status)
            field("left_behind", ending.leftBehind)
            key("receipt")
            object { $0.fields(of: ending.receipt) }
        case .jobRestarting(let job, let restart, after: let delay):
            field("job", names[job.index])
            field("restart", restart)
            field("after_seconds", delay)
        case .jobChanged(let job, let path):
            field("job", names[job.index])
            field("path", path)
        case .jobFinished(let job, let outcome), .jobResting(let job, let outcome):
            field("job", names[job.index])
            fields(of: outcome, names: names)
        case .runReloaded(let change):
            jobs("changed", change.changed, names)
            jobs("added", change.added, names)
            jobs("removed", change.removed, names)
        case .runStopping(let reason):
            key("reason")
            object { $0.fields(of: reason, names: names) }
        case .runFinalizing(let outcome), .runFinished(let outcome):
            fields(of: outcome, names: names)
        }
    }

    private mutating func of(_ job: JobID, _ attempt: Int, _ names: [String]) {
        field("job", names[job.index])
        field("attempt", attempt)
    }

    private mutating func fields(of step: StopStep) {
        switch step {
        case .signal(let signal, to: let target, wait: _):
            field("kind", "signal")
            field("signal", signal.description)
            field("to", target.rawValue)
        case .command(let arguments, wait: _):
            field("kind", "command")
            key("command")
            array { json in
                for argument in arguments { json.string(argument) }
            }
        }
        field("wait_seconds", step.wait)
    }
}
