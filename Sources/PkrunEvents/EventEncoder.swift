package import PkrunPlan

/// Events as JSON lines, one line each, in the form of `schema/events.schema.json`.
///
/// Every line has the version of the form, a sequence number that counts from 1, the time and the kind of the event.
/// What is no valid UTF-8 where it comes from (a command line, say) has been repaired with U+FFFD by `String`.
package struct EventEncoder: Sendable {
    /// The version of the form. It changes when a reader of the old one would go wrong.
    package static let version = 1

    private var jobNames: [String]
    private var sequence = 0

    package init(plan: Plan) { jobNames = plan.jobs.map(\.name) }

    /// Writes the line, with the newline that ends it.
    package mutating func encode(_ event: RunEvent, at time: Timestamp, into writer: inout JSONWriter) {
        if case .runReloaded(let change) = event { jobNames = change.plan.jobs.map(\.name) }
        sequence += 1
        let names = jobNames
        let sequence = sequence
        writer.object { json in
            json.field("v", Self.version)
            json.field("seq", sequence)
            json.key("time")
            json.timestamp(time)
            json.field("event", event.kind)
            json.fields(of: event, names: names)
        }
        writer.endLine()
    }
}

extension RunEvent {
    /// The kind of the event as its lines name it.
    package var kind: String {
        switch self {
        case .runStarted: "run-started"
        case .jobWaiting: "job-waiting"
        case .jobStarted: "job-started"
        case .jobUnlimited: "job-unlimited"
        case .jobStartFailed: "job-start-failed"
        case .jobReady: "job-ready"
        case .jobNotReady: "job-not-ready"
        case .jobHealthy: "job-healthy"
        case .jobUnhealthy: "job-unhealthy"
        case .jobExited: "job-exited"
        case .jobLeftBehind: "job-left-behind"
        case .jobEscaped: "job-escaped"
        case .jobStopping: "job-stopping"
        case .jobStopStep: "job-stop-step"
        case .jobDossier: "job-dossier"
        case .jobKilling: "job-killing"
        case .jobEnded: "job-ended"
        case .jobRestarting: "job-restarting"
        case .jobResting: "job-resting"
        case .jobChanged: "job-changed"
        case .jobFinished: "job-finished"
        case .runReloaded: "run-reloaded"
        case .runStopping: "run-stopping"
        case .runFinalizing: "run-finalizing"
        case .runFinished: "run-finished"
        }
    }
}
