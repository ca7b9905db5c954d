import PkrunEvents
import PkrunLogs
import PkrunPlan
import PkrunSystem

/// Keeps the events of a run, as they happen in `events.jsonl` and summed up in `report.json`.
final class Recorder {
    private let directory: RunDirectory
    private let file: LogFile
    private var encoder: EventEncoder
    private var report: RunReport
    private var pending: [UInt8] = []

    init(plan: Plan, directory: RunDirectory) throws(SystemError) {
        self.directory = directory
        file = try LogFile(path: directory.eventsPath)
        encoder = EventEncoder(plan: plan)
        report = RunReport(plan: plan)
    }

    func record(_ event: RunEvent) {
        let time = Timestamp(microseconds: WallClock.microseconds)
        pending += encoder.encode(event, at: time)
        report.receive(event, at: time)
    }

    /// Writes what has come together; to be called before the loop waits.
    func flush() throws(SystemError) {
        guard !pending.isEmpty else { return }
        defer { pending.removeAll(keepingCapacity: true) }
        try file.append(pending.span)
    }

    /// The end of the run: writes the rest, and the report.
    func finish() throws(SystemError) {
        try flush()
        try directory.writeReport(report.encode())
    }
}
